# Builds the build and runs it: .\build.ps1 --help. Needs nothing but the .NET SDK that global.json names.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1
$env:DOTNET_NOLOGO = 1
$env:NUKE_TELEMETRY_OPTOUT = 1

$candidates = @()
if ($env:DOTNET_ROOT) { $candidates += Join-Path $env:DOTNET_ROOT 'dotnet' }
$onPath = Get-Command 'dotnet' -ErrorAction SilentlyContinue
if ($onPath) { $candidates += $onPath.Path }
$candidates += Join-Path $HOME '.dotnet/dotnet'
$dotnet = $candidates | Where-Object { Get-Command $_ -ErrorAction SilentlyContinue } | Select-Object -First 1
if (-not $dotnet) {
    [Console]::Error.WriteLine("error: 'dotnet' is not on PATH, in DOTNET_ROOT or in ~/.dotnet. Install the .NET SDK that global.json names: https://dotnet.microsoft.com/download")
    exit 1
}

# packages that not every registry has are taken where they are to be had: asked once, and FullPackageSet=true|false decides without asking
$answers = '.nuke/temp/packages.props'
if (-not $env:FullPackageSet -and -not (Test-Path $answers)) {
    $lines = ''
    $unanswered = $false
    foreach ($package in @('Nuke.Common', 'TakesNuke'), @('MySqlConnector%3BPomelo.EntityFrameworkCore.MySql', 'TakesMySqlConnector')) {
        $said = (& $dotnet restore build/Packages "-p:Package=$($package[0])" --verbosity quiet) -join "`n"
        if ($LASTEXITCODE -eq 0) { $lines += "<$($package[1])>true</$($package[1])>" }
        elseif ($said -notmatch 'NU110[12]') { $unanswered = $true } # a registry that could not be reached is asked again
    }
    if (-not $unanswered) {
        New-Item -ItemType Directory -Force (Split-Path $answers) | Out-Null
        Set-Content "$answers.$PID" "<Project><PropertyGroup>$lines</PropertyGroup></Project>"
        Move-Item -Force "$answers.$PID" $answers
    }
}

# in a place of its own, so that what runs is never what it builds, and below the project, where NUKE looks for that: elsewhere it takes itself for a global tool
$output = 'build/bin/run'
$said = & $dotnet build build/_build.csproj --artifacts-path $output --nologo --verbosity quiet -nodeReuse:false
if ($LASTEXITCODE -ne 0) {
    [Console]::Error.WriteLine($said -join "`n")
    exit $LASTEXITCODE
}
& $dotnet "$output/bin/_build/debug/_build.dll" @args
exit $LASTEXITCODE
