"""The floor of the house: words of the domain, geometry and scores. No Django, no files of ours."""
