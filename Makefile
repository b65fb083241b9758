# Every target sets up what it needs. What they do is written in ops/, in Python's standard library only.
PYTHON ?= python3
OPS := $(PYTHON) -m ops
.DEFAULT_GOAL := help
.PHONY: help run serve stop manage password test test-qgis check bench lock

help:  ## say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 16

run:  ## set up what is missing, load data, serve (PORT=8000, DATA=FOLDER for your own files, DOWNLOAD=1 for the official ones)
	@$(OPS) run $(if $(PORT),--port '$(PORT)') $(if $(DATA),--data '$(DATA)') $(if $(filter-out 0,$(DOWNLOAD)),--download)

serve:  ## start database, server and worker (PORT=8000)
	@$(OPS) serve $(if $(PORT),--port '$(PORT)')

stop:  ## stop them
	@$(OPS) stop

manage:  ## run a management command on its database (ARGS='load_events acled FILE')
	@$(OPS) manage --arguments='$(ARGS)'

password:  ## set the password of an account (USER=admin)
	@$(OPS) manage --arguments='changepassword $(if $(filter command line,$(origin USER)),$(USER),admin)'

test:  ## set up what tests need and run them all (ARGS= for pytest)
	@$(OPS) test --arguments='$(ARGS)'

test-qgis:  ## install QGIS, which is large, and see what it makes of the running site (ARGS= for pytest)
	@$(OPS) test-qgis --arguments='$(ARGS)'

check:  ## lint, format, imports, types, migrations, docs and links
	@$(OPS) check

bench:  ## measure speed and memory, both sides in one run (ARGS=)
	@$(OPS) bench --arguments='$(ARGS)'

lock:  ## write the lock files anew from pyproject.toml and package.json (needs uv and npm)
	@$(OPS) lock
