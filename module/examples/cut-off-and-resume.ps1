<#
.SYNOPSIS
    Sends a message to each contact of a CSV file, is interrupted in the middle, and continues where it stopped.

.DESCRIPTION
    The messages go to the script's own sandbox: an inbox in memory. Leaving the pipeline stands for a power cut. The
    second run is the same command, typed again: the journal knows who has had a message.

.PARAMETER Path
    The CSV file. Without one, the contacts that lie beside this script.

.PARAMETER After
    How many messages the first run returns before it is interrupted.

.PARAMETER Journal
    The journal. Without one, a file that is removed at the end.

.EXAMPLE
    ./cut-off-and-resume.ps1

.EXAMPLE
    ./cut-off-and-resume.ps1 -Path customers.csv -After 10 -Journal rehearsal.jsonl
    Get-WixInboxJournal rehearsal.jsonl

    Rehearses with your own file, and looks at the journal afterwards.
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/contacts.csv",

    [int] $After = 80,

    [string] $Journal
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

$sending = @{
    Text                = { "Hi $($_.FirstName), order $($_.Order) is on its way." }
    Journal             = if ($Journal) {
        $Journal
    } else {
        [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "wixinbox-$([guid]::NewGuid()).jsonl")
    }
    SendNotification    = $true
    # A row is identified by its order, whatever its message says.
    KeyProperty         = 'Order'
    Connection          = Connect-WixInbox -Sandbox -PassThru
    # What was under way when the run was cut off is looked for. The sandbox is done with a request at once; Wix may
    # take seconds.
    ReconcileWaitSec    = 1
    # The rows that cannot be sent are the same as ever: they are counted below.
    ErrorAction         = 'SilentlyContinue'
    InformationVariable = 'ended'
}

$shown = 0
do {
    Import-Csv -LiteralPath $Path -Encoding utf8 | Send-WixInboxMessage @sending | ForEach-Object {
        # As if the power went: what is under way is cut off, and nothing is tidied up.
        if (++$shown -ge $After) { break }
    }
} while ($false)
$before = Get-WixInboxJournal -Path $sending.Journal -Summary
$Host.UI.WriteLine("Cut off after $shown messages. The journal has $($before.Sent) sent and $($before.Unknown) open.`n")

$again = @(Import-Csv -LiteralPath $Path -Encoding utf8 | Send-WixInboxMessage @sending)
$run = $ended[0].MessageData
$Host.UI.WriteLine("The same command again: $($again.Count) messages sent, $($run.AlreadySent) skipped since they were sent before, $($run.Failed) rows failed.`n")

Get-WixInboxJournal -Path $sending.Journal -Summary
if (-not $Journal) {
    [System.IO.File]::Delete($sending.Journal)
}
