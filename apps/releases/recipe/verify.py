# Checks a release of Maillage:  python verify.py FOLDER FINGERPRINT   (needs: pip install cryptography)
import base64
import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_public_key

UNSIGNED = ("manifest.json", "manifest.json.sig")
folder, fingerprint = Path(sys.argv[1]).resolve(), sys.argv[2]
key = load_pem_public_key((folder / "public_key.pem").read_bytes())
if sha256(key.public_bytes_raw()).hexdigest() != fingerprint:
    sys.exit("Refused: public_key.pem is the key of somebody else")
signed, signature = ((folder / name).read_bytes() for name in UNSIGNED)
key.verify(base64.b64decode(signature), signed)  # InvalidSignature: the manifest is not what was signed
called, told = (json.loads(signed)[each] for each in ("name", "files"))
files = [path for path in folder.rglob("*") if not path.is_dir()]
found = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
wrong = {n for n in {*found, *told} - {*UNSIGNED} if n not in told or found.get(n) != told[n]["sha256"]}
if wrong or called != folder.name:
    sys.exit(f"Refused: release {called}; changed, missing or added files: {wrong or 'none'}")
print("Verified:", called)
