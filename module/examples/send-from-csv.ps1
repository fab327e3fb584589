<#
.SYNOPSIS
    Sends each contact of a CSV file a message in the Inbox of a Wix site.

.DESCRIPTION
    A contact is found by the column ConversationId or, where that is empty, by ContactId. The text is made from the
    columns Order, FirstName and Note.

    The messages go to the site that Connect-WixInbox has connected to. Without a connection they go to the sandbox: an
    inbox in memory, so that trying this script sends nothing to anyone.

.PARAMETER Path
    The CSV file. Without one, the contacts that lie beside this script.

.EXAMPLE
    ./send-from-csv.ps1

    Rehearses with the 200 contacts that come with the module. Three of them cannot be sent, each for a reason of its
    own.

.EXAMPLE
    ./send-from-csv.ps1 -Path customers.csv -WhatIf

    Checks every row of a file and shows what would be sent.

.EXAMPLE
    Connect-WixInbox -ApiKey (Read-Host -AsSecureString) -SiteId 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c
    ./send-from-csv.ps1 -Path customers.csv
    $failed | Where-Object { $_.TargetObject -and $_.Exception.Outcome -ne 'Ambiguous' } | ForEach-Object TargetObject |
        Export-Csv -Path retry.csv -Encoding utf8

    Sends for real, and keeps the rows that were not sent for a second run.

.OUTPUTS
    WixInbox.Message
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Path = "$PSScriptRoot/contacts.csv"
)

# No file or no connection ends the script. A row that cannot be sent does not.
$ErrorActionPreference = 'Stop'

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

if (-not (Get-WixInboxConnection)) {
    Connect-WixInbox -Sandbox
}

$sending = @{
    Text             = {
        $name = "$($_.FirstName)".Trim()
        $greeting = if ($name) { "Hi $name" } else { 'Hello' }
        "$greeting, order $($_.Order) is on its way. $($_.Note)".Trim()
    }
    ErrorAction      = 'Continue'
    # Without it, nobody is told that there is a message.
    SendNotification = $true
    OutVariable      = 'sent'
    # Global, so that the rows that failed are still at hand when the script has ended.
    ErrorVariable    = 'global:failed'
}
Import-Csv -LiteralPath $Path -Encoding utf8 | Send-WixInboxMessage @sending

# To the host and not down the pipeline, which carries the messages alone.
$where = if ((Get-WixInboxConnection -Default).Sandbox) { ' to the sandbox, which delivers them to nobody' }
$Host.UI.WriteLine("`n$($sent.Count) messages sent$where. $($failed.Count) rows failed.")
if ($failed) {
    foreach ($record in $failed) {
        $Host.UI.WriteLine("  Order $($record.TargetObject.Order): $($record.FullyQualifiedErrorId -replace ',.*')")
    }
    $Host.UI.WriteLine('To put them right and send them again:')
    $Host.UI.WriteLine(
        '  $failed | Where-Object { $_.TargetObject -and $_.Exception.Outcome -ne ''Ambiguous'' } | ' +
        'ForEach-Object TargetObject | Export-Csv -Path retry.csv -Encoding utf8')
}
