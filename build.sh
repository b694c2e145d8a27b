#!/usr/bin/env bash
# Builds the build and runs it: ./build.sh --help. Needs nothing but the .NET SDK that global.json names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUKE_TELEMETRY_OPTOUT=1

for candidate in "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$(command -v dotnet || true)" "${HOME:-}/.dotnet/dotnet"; do
  if [[ -n $candidate && -x $candidate ]]; then
    dotnet=$candidate
    break
  fi
done
if [[ -z ${dotnet:-} ]]; then
  echo "error: 'dotnet' is not on PATH, in DOTNET_ROOT or in ~/.dotnet. Install the .NET SDK that global.json names: https://dotnet.microsoft.com/download" >&2
  exit 1
fi
if ! said=$("$dotnet" --version 2>&1); then
  echo "error: '$dotnet' has no SDK for this repository:" >&2
  echo "$said" >&2
  exit 1
fi

# packages that not every registry has are taken where they are to be had: asked once, and FullPackageSet=true|false decides without asking
answers=.nuke/temp/packages.props
if [[ -z ${FullPackageSet:-} && ! -f $answers ]]; then
  lines="" unanswered=""
  for package in Nuke.Common:TakesNuke MySqlConnector%3BPomelo.EntityFrameworkCore.MySql:TakesMySqlConnector; do
    if said=$("$dotnet" restore build/Packages -p:Package="${package%:*}" --verbosity quiet 2>&1); then
      lines+="<${package#*:}>true</${package#*:}>"
    elif [[ $said != *NU1101* && $said != *NU1102* ]]; then
      unanswered=yes # a registry that could not be reached is asked again
    fi
  done
  if [[ -z $unanswered ]]; then
    mkdir -p "${answers%/*}"
    echo "<Project><PropertyGroup>$lines</PropertyGroup></Project>" > "$answers.$$"
    mv "$answers.$$" "$answers"
  fi
fi

# in a place of its own, so that what runs is never what it builds, and below the project, where NUKE looks for that: elsewhere it takes itself for a global tool
output=build/bin/run
if ! said=$("$dotnet" build build/_build.csproj --artifacts-path "$output" --nologo --verbosity quiet -nodeReuse:false 2>&1); then
  echo "$said" >&2
  exit 1
fi
exec "$dotnet" "$output/bin/_build/debug/_build.dll" "$@"
