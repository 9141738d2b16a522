# Quarterdeck: one vocabulary for people and for CI. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Go, Vite and the test runners use every core by themselves; steps beside each other would only mix their words.
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Without sqlite_fts5 the driver has no full-text search; without webkit2_41 the window asks for a webview
# that current systems no longer have. No -trimpath, and the same flags for everything: each other set of
# flags compiles SQLite's one large file anew.
TAGS := sqlite_fts5
WINDOW_TAGS := webkit2_41,$(TAGS)

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X quarterdeck/app.Version=$(VERSION)

# The versions that set-up fetched where the system's own are too old.
export PATH := $(CURDIR)/.tools/go/bin:$(CURDIR)/.tools/node_modules/.bin:$(PATH)

# The browser of the end-to-end tests; CHROMIUM=/path/to/it names another one.
export CHROMIUM ?= $(or $(firstword $(wildcard /usr/bin/chromium /usr/bin/google-chrome /usr/bin/google-chrome-stable /snap/bin/chromium)),/usr/bin/chromium)

BIN := build/bin
# What the last step of a long run sums up.
COUNTS := $(BIN)/count
PACKAGES := frontend/node_modules/.package-lock.json
PEERS := build/peers/node_modules/.package-lock.json
SCREEN := frontend/dist/index.html
# Folders stand in the list too, so that a deleted file is a change.
SCREEN_SOURCES := $(shell find frontend/src frontend/public frontend/wailsjs 2>/dev/null) \
	$(wildcard frontend/*.html frontend/*.ts frontend/*.js frontend/package.json frontend/tsconfig*.json)

CHECKS := fmt vet lint bindings-check test-go frontend-check test-frontend
E2E := build e2e-browser e2e-window

##@ Use it
.PHONY: run build demo
run: setup build ## install what is missing, build what changed, open the cockpit (ARGS="--browser --port 8080")
	@exec $(BIN)/quarterdeck $(ARGS)

build: setup $(SCREEN) binaries ## build/bin/quarterdeck (the cockpit) and build/bin/qd (for a shell)

demo: build ## the cockpit in the middle of a real incident, on a throw-away data folder (STORY=checkout)
	@go build -buildvcs=false -ldflags '$(LDFLAGS)' -tags production,$(WINDOW_TAGS) -o $(BIN)/ ./internal/story/play
	@STORY=$(STORY) build/demo.sh $(ARGS)

##@ Prove it
.PHONY: test check check-all e2e bench torture fuzz soak audit
test: ## everything that must hold: set-up, then check, then e2e
	+@build/steps.sh "make test" setup-test $(CHECKS) $(E2E)

check: ## everything quick: format, vet, lint, bindings, Go and frontend tests
	+@build/steps.sh "make check" setup $(CHECKS)

e2e: ## the built app: in a browser, and in its real window under a virtual display
	+@build/steps.sh "make e2e" setup-test $(E2E)

check-all: setup-test build clocked ## long, before a release: every screen, every theme, every size of text, with nothing that hinders and nothing cut off
	@cd frontend && npm run --silent standing

bench: setup-test build $(BIN)/automation.so $(BIN)/mark.so $(PEERS) ## what it costs, against a stated limit or a peer run beside it (BENCH=pattern, TRACE=10m of use)
	@build/setup.sh bench
	@go build -buildvcs=false -ldflags '$(LDFLAGS)' -tags production,$(WINDOW_TAGS) -o $(BIN)/ ./internal/e2e/empty
	@rooms=$$(grep -rlE '^func Benchmark' --include='*_test.go' app internal | xargs dirname | sort -u | sed 's|^|./|'); \
	go test -p 1 -tags e2e,$(TAGS) -run '^$$' -bench '$(or $(BENCH),.)' -timeout 60m $$rooms 2>&1 | node build/bench.mjs

torture: setup ## long: every fuzz target for FUZZTIME (30s), and the tests with the build tag torture
	@build/torture.sh $(TAGS) $(or $(FUZZTIME),30s)

fuzz: setup ## ten minutes of fuzzing, in equal parts for every target (FUZZTIME=5m for each)
	@build/fuzz.sh $(TAGS) $(FUZZTIME)

soak: setup-test build clocked ## does anything grow? eight hours by the test clock, then SOAK (1h) of real time
	@cd frontend && SOAK_CLOCK=8h node --test --test-reporter=spec e2e/soak.mjs && SOAK=$(or $(SOAK),1h) node --test --test-reporter=spec e2e/soak.mjs

audit: setup ## ask the databases of known vulnerabilities about every dependency (needs a network; GOVULNDB=file://COPY)
	@build/audit.sh production,$(WINDOW_TAGS)

##@ Package it
.PHONY: deb deb-check deb-try icon
deb: build ## build/bin/quarterdeck_VERSION_ARCHITECTURE.deb; build/package/README.md tells of other systems
	@build/setup.sh package
	@build/package/deb.sh "$(VERSION)" $(BIN)

deb-check: deb ## look that package over with lintian
	@build/setup.sh lint
	@build/package/check.sh $(BIN)/quarterdeck_*.deb

deb-try: deb ## install that package in a clean Debian, start it, write, purge it: nothing may be left (needs root)
	@build/setup.sh try
	@build/package/clean.sh $(BIN)/quarterdeck_*.deb

icon: ## draw the window's and the page's icon again from assets/icon/quarterdeck.svg
	@build/setup.sh package
	rsvg-convert -w 256 -h 256 assets/icon/quarterdeck.svg -o assets/icon/quarterdeck.png
	cp assets/icon/quarterdeck.svg frontend/public/favicon.svg

##@ Look at it
.PHONY: shots pictures
shots: build clocked ## build/bin/shots: every screen in three themes and two sizes, in the middle of a real outage
	@cd frontend && npm run --silent shots

pictures: build clocked ## the README's pictures, anew
	@cd frontend && PICTURES=1 npm run --silent shots

##@ Parts
.PHONY: setup setup-test bindings fmt vet lint bindings-check test-go frontend-check test-frontend e2e-browser e2e-window clean help
setup: ## install what building needs, if it is missing
	@build/setup.sh build

setup-test: ## install what building and the end-to-end tests need, if it is missing
	@build/setup.sh build test

bindings: $(BIN)/wailsjs ## write frontend/wailsjs from the bound Go API
	@if ! diff -rq $(BIN)/wailsjs frontend/wailsjs >/dev/null 2>&1; then \
		rm -rf frontend/wailsjs && cp -r $(BIN)/wailsjs frontend/wailsjs && echo "bindings: frontend/wailsjs written"; fi

bindings-check: $(BIN)/wailsjs ## is frontend/wailsjs what the bound Go API says?
	@diff -r frontend/wailsjs $(BIN)/wailsjs || { echo "frontend/wailsjs is out of date: run make bindings and commit it" >&2; exit 1; }
	@echo "frontend/wailsjs is up to date"

fmt: ## are all Go files as gofmt writes them?
	@bad=$$(find . \( -path './.*' -o -name node_modules \) -prune -o -name '*.go' -print0 | xargs -0 gofmt -l); \
	if [ -n "$$bad" ]; then printf 'not as gofmt writes it:\n%s\n' "$$bad" >&2; exit 1; fi; echo "gofmt has nothing to say"

vet: ## go vet, with the build tags of the tests as well
	go vet -tags $(TAGS) ./...
	go vet -tags $(TAGS),e2e,testclock,torture ./...

lint: ## staticcheck
	go tool staticcheck -tags $(TAGS) ./...

test-go: ## Go tests with the race detector (GOTEST="-run Name ./internal/store")
	@go test -json -race -tags $(TAGS) $(or $(GOTEST),./...) | node build/gotest.mjs go

frontend-check: $(PACKAGES) ## types and lint of the frontend
	@cd frontend && npm run --silent check

test-frontend: $(PACKAGES) ## the frontend's unit tests
	@cd frontend && npx vitest run --reporter=default --reporter=json --outputFile.json=../$(BIN)/vitest.json
	@mkdir -p $(COUNTS) && sed -nE 's/.*"numPassedTests":([0-9]+),"numFailedTests":([0-9]+),"numPendingTests":([0-9]+).*/frontend \1 \2 \3/p' \
		$(BIN)/vitest.json >$(COUNTS)/frontend

e2e-browser: $(PACKAGES) $(SCREEN) binaries clocked ## the built app's browser face, driven in Chromium
	@mkdir -p $(COUNTS) && cd frontend && npm run --silent e2e 2>&1 | tee ../$(BIN)/e2e-browser.log
	@awk '/^(#|ℹ) (pass|fail|skipped) / { n[$$2] = $$3 } END { print "browser", n["pass"] + 0, n["fail"] + 0, n["skipped"] + 0 }' \
		$(BIN)/e2e-browser.log >$(COUNTS)/browser

e2e-window: $(BIN)/automation.so ## the built app's real window, with a real notification service
	@go test -json -tags e2e,$(TAGS) -count=1 ./internal/e2e/... | node build/gotest.mjs window

clean: ## remove what was built; fetched tools and packages stay
	rm -rf $(BIN)
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

help: ## this list
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z0-9-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# What follows is files.

$(PACKAGES): frontend/package-lock.json
	@echo "frontend: installing packages"
	@cd frontend && npm ci --no-audit --no-fund
	@touch $@

$(PEERS): build/peers/package-lock.json
	@echo "peers: installing what the benchmarks run beside ours"
	@cd build/peers && npm ci --no-audit --no-fund
	@touch $@

$(SCREEN): $(PACKAGES) $(SCREEN_SOURCES)
	@echo "frontend: building the screen"
	@cd frontend && npm run --silent build
	@touch $@

# Always asked: go knows better than file times what is out of date, and answers in a moment.
# VCS stamping is off because it refuses to build in a checkout that another user owns; VERSION stands for it.
.PHONY: binaries
binaries:
	@go build -buildvcs=false -ldflags '$(LDFLAGS)' -tags production,$(WINDOW_TAGS) -o $(BIN)/ . ./app/qd

# A cockpit and a qd whose clock tests can move, and the program that writes a story into a folder.
.PHONY: clocked
clocked:
	@go build -buildvcs=false -ldflags '$(LDFLAGS)' -tags production,$(WINDOW_TAGS),testclock -o $(BIN)/quarterdeck-testclock .
	@go build -buildvcs=false -ldflags '$(LDFLAGS)' -tags production,$(WINDOW_TAGS),testclock -o $(BIN)/qd-testclock ./app/qd
	@go build -buildvcs=false -ldflags '$(LDFLAGS)' -tags production,$(WINDOW_TAGS) -o $(BIN)/ ./internal/story/play

# The generator writes beside the wails.json that it finds where it stands: here not into the sources, so
# that a check changes nothing, and unchanged bindings keep their file times.
.PHONY: $(BIN)/wailsjs
$(BIN)/wailsjs:
	@mkdir -p $(BIN)/bindings/frontend && cp wails.json $(BIN)/bindings/
	@go build -buildvcs=false -tags bindings,$(WINDOW_TAGS) -o $(BIN)/bindings/generate .
	@cd $(BIN)/bindings && tsoutputtype=interfaces ./generate >generate.log 2>&1 || { cat generate.log >&2; exit 1; }
	@rm -rf $@ && mv $(BIN)/bindings/frontend/wailsjs $@

# They let a WebDriver steer the binary that ships, and tell when its page can take a key: it has no door for either.
$(BIN)/automation.so $(BIN)/mark.so: $(BIN)/%.so: internal/e2e/automation/%.c
	@mkdir -p $(BIN)
	@gcc -shared -fPIC -O1 -Wno-deprecated-declarations -o $@ $< $$(pkg-config --cflags --libs webkit2gtk-4.1)
