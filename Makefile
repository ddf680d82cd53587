.PHONY: setup run demo check test lint screenshots

setup: .venv/.installed  # the environment, and what Fleetview needs in it
run: setup; @.venv/bin/python -m fleetview.serve  # everything in one process, until Ctrl-C
demo: setup; @.venv/bin/python -m fleetview.serve --demo  # the same, with a login and eight weeks of samples
check: test  # another word for it
test: .venv/.installed-dev lint; @bin/browser && bin/tools && .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder  # all that .ci/run runs
lint: .venv/.installed-dev; @bin/lint  # what can be said without running anything
screenshots: .venv/.installed-dev; @bin/browser && .venv/bin/python -m bench.screenshots  # every page, to look at

.venv/.installed: requirements.txt
	@bin/environment $< && touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@bin/environment $< && touch $@
