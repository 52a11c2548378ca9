# Keyfob's commands. `make run` and `make test` install what they need; a fresh machine needs no other preparation.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# One set of features for every build: any other set would compile the window's libraries again.
FEATURES := tauri/custom-protocol
EVERYTHING := --locked --workspace --features $(FEATURES)
# A library built with the tests has other features than one built without them. Naming the examples selects the former, so
# that cargo compiles nothing again.
WITH_THE_TESTS := --lib --examples
# The core's tests run only once, in `.ci/cover`, which measures their coverage.
BUT_THE_CORE := $(EVERYTHING) --exclude keyfob-core
PROGRAMS := --locked --package keyfob --package keyfob-window --bin keyfob
APP := $(PROGRAMS) --bin keyfob-window --features $(FEATURES)
DRIVEN := $(PROGRAMS) --bin driven --features $(FEATURES),keyfob-window/automation
TO_DRIVE = mkdir -p target/automation && cp target/release/keyfob target/automation/ && cp target/release/driven target/automation/keyfob-window
PACKAGE = rm -rf target/release/bundle/deb && $(TAURI) bundle --bundles deb --features $(FEATURES)
TAURI := ui/node_modules/.bin/tauri

# The tests in tests/desktop drive a real window: the release build with its own main, and the package.
STAGE = KEYFOB_APP=$(CURDIR)/target/automation/keyfob KEYFOB_PICTURES=$(CURDIR)/target/demo
IN_A_WINDOW = cargo test $(BUT_THE_CORE) --test desktop -- --nocapture --test-threads 1
DESKTOP = $(STAGE) $(IN_A_WINDOW)
# The optimized build for tests that repeat millions of times.
QUICK = cargo test --locked --profile quick --package keyfob-core
# 9.6 million refreshes, a hundred thousand forged links and as many sequences of intents.
MANY = $(QUICK) --test stories -- --include-ignored --nocapture \
  a_year whatever_comes_as_a_link attacker
# Untrusted input, up to a million times each.
FUZZ = $(QUICK) --test fuzz -- --nocapture
# Every screen, with its menus and dialogs, drawn and checked in both themes, and stored beside the journey's screenshots.
GALLERY = npm --prefix ui run test:gallery
SHOW_GALLERY = for theme in light dark; do cp -r target/gallery/$$theme target/demo/screens-$$theme; done; \
  cp -r target/gallery/problems target/demo/problems
WITH_PACKAGE = KEYFOB_DEB="$$(ls $(CURDIR)/target/release/bundle/deb/*.deb)"

# A server by others, for tests/connect.
FOREIGN := tests/connect/foreign/node_modules/.package-lock.json

UI_SOURCES := $(shell find ui/src ui/public 2>/dev/null) \
  $(wildcard ui/index.html ui/package.json ui/vite.config.ts ui/svelte.config.js ui/tsconfig.json)

.PHONY: help run demo test check build cover bench prove flakes sbom bindings manual icons clean automation releases ready-to-run ready-to-check ready-to-test

help: ## List the commands
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## Open Keyfob; where there is no display, the demo
	@if [[ "$$(uname)" == Linux && -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then \
	  echo "There is no display here, so Keyfob is shown under a virtual one."; \
	  $(MAKE) --no-print-directory demo; \
	else \
	  $(MAKE) --no-print-directory target/quick/keyfob; \
	  echo "Keyfob is open. Ctrl+C here closes it."; \
	  exec target/quick/keyfob; \
	fi

demo: ready-to-test ui/dist/index.html automation ## Walk through the whole journey in a virtual display; screenshots in target/demo/
	rm -rf target/demo && mkdir -p target/demo
	$(DESKTOP) tour
	$(GALLERY)
	$(SHOW_GALLERY)
	@echo "The pictures:"; ls target/demo/*

test: ## Check and test everything; print the coverage of the core and the time of each part
	@mkdir -p target && rm -f target/times
	.ci/part setup $(MAKE) --no-print-directory ready-to-test ui/dist/index.html $(FOREIGN)
	.ci/part checks $(MAKE) --no-print-directory check
	.ci/part page npm --prefix ui test
	.ci/part screens $(GALLERY)
	.ci/part build-tests cargo test $(BUT_THE_CORE) --no-run
	.ci/part tests cargo test $(BUT_THE_CORE)
	.ci/part build-quick $(QUICK) --test stories --test fuzz --no-run
	.ci/part many $(MANY)
	.ci/part fuzz $(FUZZ)
	.ci/part coverage .ci/cover
	.ci/part releases $(MAKE) --no-print-directory releases
	rm -rf target/demo && mkdir -p target/demo
	$(STAGE) $(WITH_PACKAGE) .ci/part desktop .ci/desktop $(IN_A_WINDOW)
	$(SHOW_GALLERY)
	@.ci/part --table

check: ready-to-check ui/dist/index.html ## Check formatting, types, lints, docs and dependencies
	cargo fmt --all --check
	npm --prefix ui run check
	npm --prefix ui run lint
	cargo clippy $(EVERYTHING) --all-targets -- -D warnings
	cargo clippy $(EVERYTHING) --test desktop --test fuzz -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc $(EVERYTHING) --no-deps $(WITH_THE_TESTS)
	.ci/deny

build: ready-to-run ui/dist/index.html ## Build both programs in target/release/ and their package in target/release/bundle/deb/
	cargo build $(APP) --release
	$(PACKAGE)

cover: ready-to-test ## Print the line coverage of the core
	.ci/cover

bench: ready-to-test ui/dist/index.html ## Print what a thousand connections and a start cost, beside the least they can cost
	cargo bench --locked --package keyfob-core --bench performance
	cargo build $(APP) --release
	cargo bench --locked --package keyfob --bench programs
	npm --prefix ui run bench

prove: ready-to-test ui/dist/index.html $(FOREIGN) ## Run every proof at its full size and print a table; two to three hours
	cargo xtask prove

sbom: ready-to-run ## List the contents of a package, as CycloneDX, in target/sbom/
	cargo xtask sbom

flakes: ready-to-test ui/dist/index.html $(FOREIGN) ## Run a part of the tests repeatedly: PART=connect
	cargo xtask flakes $(PART)

bindings: ui/node_modules/.package-lock.json ## Generate what the page gets from Rust: its types, and the actions of its tests
	KEYFOB_WRITE_BINDINGS=1 cargo test --locked --package keyfob-core --lib -- bindings actions_of_the_core
	cd ui && npx biome format --write src/bindings.ts

manual: ## Generate the manual and the completions from the command line
	KEYFOB_WRITE_MANUAL=1 cargo test $(EVERYTHING) --test manual

icons: ## Render the images in icons/ from their sources
	.ci/icons

clean: ## Remove everything that was built
	rm -rf target gen permissions ui/dist ui/node_modules

automation: ui/dist/index.html
	cargo build $(DRIVEN) --release
	$(TO_DRIVE)

# In one cargo call, in parallel: each link takes minutes and one core.
releases: ui/dist/index.html
	cargo build $(APP),keyfob-window/automation --bin driven --release
	$(TO_DRIVE)
	$(PACKAGE)

# Always runs cargo, which alone knows whether the build is out of date.
.PHONY: target/quick/keyfob
target/quick/keyfob: ready-to-run ui/dist/index.html
	cargo build $(APP) --profile quick

ready-to-run:
	@.ci/setup run

ready-to-check:
	@.ci/setup check

ready-to-test:
	@.ci/setup test

ui/node_modules/.package-lock.json: ui/package-lock.json | ready-to-run
	npm --prefix ui ci --ignore-scripts
	@touch $@

$(FOREIGN): tests/connect/foreign/package-lock.json | ready-to-run
	npm --prefix tests/connect/foreign ci --ignore-scripts
	@touch $@

ui/dist/index.html: ui/node_modules/.package-lock.json $(UI_SOURCES)
	npm --prefix ui run build
	@touch $@
