<#
.SYNOPSIS
    Asks a real site what the documents of the API leave open, and prints for each question what was assumed and what
    came.
.DESCRIPTION
    The site is named by environment variables: WIXINBOX_LIVE_KEY (an API key, with WIXINBOX_LIVE_SITE) or
    WIXINBOX_LIVE_TOKEN (an access token). Questions that write, or might, are asked where WIXINBOX_LIVE_CONVERSATION
    names a conversation to write to: use one of your own, since no call of the API takes a message away again. Only
    collaborators see what is written. A burst of up to 250 requests is made where WIXINBOX_LIVE_BURST is 1. After a
    429, nothing more is asked. Without the variables, the script says what it would ask.
.PARAMETER Record
    A file for the answers: the questions, the statuses, the request ids, the names of the headers and fields that came,
    and the texts of errors; no value of a contact or message.
#>
[CmdletBinding()]
param(
    [string] $Record
)

Import-Module "$PSScriptRoot/LiveQuestions.psm1" -Force
if (-not (Get-LiveSite)) {
    'No site is named: set WIXINBOX_LIVE_KEY with WIXINBOX_LIVE_SITE, or WIXINBOX_LIVE_TOKEN. This would be asked:'
    Get-LiveQuestion | Format-Table -AutoSize -Wrap -Property Id, Question, Assumed, Writes
    return
}

if (-not (Test-Path -LiteralPath "$PSScriptRoot/../../out/Modules/Pester")) {
    throw 'Pester is not there yet: dotnet build tests/Pester brings it.'
}

Import-Module "$PSScriptRoot/../../out/Modules/Pester"
$data = @{ Record = if ($Record) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Record) } }
$configuration = New-PesterConfiguration
$configuration.Run.Container = New-PesterContainer -Path "$PSScriptRoot/Live.Tests.ps1" -Data $data
$configuration.Output.Verbosity = 'Detailed'
Invoke-Pester -Configuration $configuration
