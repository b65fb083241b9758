import pytest


@pytest.fixture(autouse=True)
def exports_dir(settings, tmp_path):
    """Return the folder in which the files of this test wait for their readers."""
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR
