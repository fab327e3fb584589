#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds the module into out/WixInbox, tests it, makes its package, or removes what was built.
.DESCRIPTION
    A thin cover over dotnet and Pester for those who work in PowerShell: dotnet build and dotnet test do the same
    without it.
.PARAMETER Task
    Build: the module as it ships, in out/WixInbox. Test: dotnet test, then the Pester tests, with the Pester that the
    build restores. Analyze: PSScriptAnalyzer over all scripts, if it is installed. Package: the package for the
    gallery, out/WixInbox.<version>.nupkg, of a Release build. Clean: removes what was built.
.PARAMETER Configuration
    Debug, or Release as it is published.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Analyze', 'Package', 'Clean')]
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

function Invoke-Analyzer {
    if (-not (Get-Module -ListAvailable -Name PSScriptAnalyzer)) {
        'PSScriptAnalyzer is not installed: the scripts are not analyzed.'
        return
    }

    # The manifest is held against the files beside it, which it has where it is staged.
    $found = @(
        Invoke-ScriptAnalyzer -Path out/WixInbox -Recurse -Settings ./PSScriptAnalyzerSettings.psd1
        Invoke-ScriptAnalyzer -Path build.ps1 -Settings ./PSScriptAnalyzerSettings.psd1
        Invoke-ScriptAnalyzer -Path tests/Pester -Recurse -Settings ./tests/Pester/PSScriptAnalyzerSettings.psd1
    )
    if ($found) {
        $found | Format-Table -AutoSize -Wrap -Property ScriptName, Line, RuleName, Message | Out-String
        throw "PSScriptAnalyzer finds fault with $($found.Count) places."
    }

    'PSScriptAnalyzer finds no fault.'
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
            # It brings Pester to where it is imported from, which the tests of dotnet do not need.
            Invoke-DotNet build tests/Pester --configuration $Configuration
            Import-Module -Name ./out/Modules/Pester
            Invoke-Pester -Configuration @{ Run = @{ Path = 'tests/Pester'; Throw = $true } }
        }
        'Analyze' {
            Invoke-Analyzer
        }
        'Package' {
            Invoke-DotNet run --project src/WixInbox.Build -- package
        }
    }
}
finally {
    Pop-Location
}
