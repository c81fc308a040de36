# Shared by the scripts in this directory; sourced, with the project's root as working directory.

say() { printf '\n== %s (%ds)\n' "$*" "$SECONDS"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The major version of the JDK in a directory, or nothing where there is no compiler.
jdk_major() {
    [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Lines of "major directory", oldest first, one per major version.
jdks() {
    local home major
    for home in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
        major=$(jdk_major "$home") || continue
        [ -z "$major" ] || printf "%s %s\n" "$major" "$home"
    done | sort -n -u -k 1,1
}

jdk_17() { jdks | sed -n 's/^17 //p'; }

# The JDK a script works with unless its caller has chosen one.
use_jdk_17() {
    JAVA_HOME=${JAVA_HOME:-$(jdk_17)}
    export JAVA_HOME
}

newest_other_jdk() { jdks | sed -n '/^1[0-7] /d; /^[0-9] /d; s/^[0-9]* //p' | tail -n 1; }

# install_missing required|optional package:command ...
install_missing() {
    local kind=$1 pair missing=()
    shift
    for pair in "$@"; do
        command -v "${pair#*:}" >/dev/null || missing+=("${pair%%:*}")
    done
    if [ "$kind" = required ] && [ -z "$(jdk_17)" ]; then missing+=(openjdk-17-jdk-headless); fi
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]}"
    if { apt-get -q update && apt-get -qy install --no-install-recommends "${missing[@]}"; } >"$work/apt.log" 2>&1; then
        return 0
    fi
    tail -n 5 "$work/apt.log" >&2
    [ "$kind" = optional ] || die "cannot go on without: apt-get install ${missing[*]}"
    echo "going on without ${missing[*]}: the checks that need them are left out"
}

# What git would commit, copied to a directory of its own: no target/, nothing ignored.
copy_sources() {
    mkdir -p "$1"
    git ls-files -z --cached --others --exclude-standard | tar -c --null -T - --ignore-failed-read | tar -x -C "$1"
}

# A throw-away local repository: everything comes from the user's own, org.dray is installed here only.
overlay_repository() {
    local own=$HOME/.m2/repository entry
    mkdir -p "$1/org" "$own/org"
    for entry in "$own"/* "$own"/org/*; do
        case $entry in
            "$own/org" | "$own/org/dray") ;;
            "$own"/org/*) ln -s "$entry" "$1/org/" ;;
            *) ln -s "$entry" "$1/" ;;
        esac
    done
}
