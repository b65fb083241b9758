"""Where things lie in an installation. All but ROOT can be deleted and is made again."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".state"
LOGS = STATE / "logs"
SETUP_LOG = LOGS / "setup.log"
STAMPS = STATE / "stamps"
VENDOR = STATE / "vendor"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
CLUSTER = ROOT / ".postgres"
TEST_CLUSTER = ROOT / ".postgres-test"
