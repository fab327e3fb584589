#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds the module into out/WixInbox, tests it, or removes what was built.
.DESCRIPTION
    A thin cover over dotnet and Pester for those who work in PowerShell: dotnet build and dotnet test do the same without it.
.PARAMETER Task
    Build: the module as it ships, in out/WixInbox. Test: the tests of dotnet test, then those of Pester, which the build brings along. Clean: removes what was built.
.PARAMETER Configuration
    Debug, or Release as it is published.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' {
            Invoke-DotNet build --configuration $Configuration
        }
        'Clean' {
            Invoke-DotNet clean --configuration $Configuration
        }
        'Test' {
            Invoke-DotNet test --configuration $Configuration
            # The build has brought it there.
            Import-Module -Name ./out/Modules/Pester
            Invoke-Pester -Configuration @{ Run = @{ Path = 'tests/Pester'; Throw = $true } }
        }
    }
}
finally {
    Pop-Location
}
