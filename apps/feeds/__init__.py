"""Publishers asked on a schedule, and how old what they gave is."""
