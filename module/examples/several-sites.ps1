<#
.SYNOPSIS
    Sends each person of a CSV file a message in the Inbox of the site that the row names.

.DESCRIPTION
    Each site has a connection with a name, and the column Connection of a row says over which it goes. Each connection
    keeps its own pace; the messages come out in the order of the rows. A row that names a connection that does not
    exist is an error with the row in it, and the others are sent.

    Sites that are not connected yet get a sandbox each, so that trying this script sends nothing to anyone. The last
    row names one that nobody knows.

.PARAMETER Path
    The CSV file. Without one, the rows that lie beside this script.

.PARAMETER Site
    The names of the sites' connections.

.EXAMPLE
    ./several-sites.ps1

.EXAMPLE
    $key = Get-Secret WixInbox
    Connect-WixInbox -Name shop -ApiKey $key -SiteId 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c
    Connect-WixInbox -Name cafe -ApiKey $key -SiteId 1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c
    ./several-sites.ps1 -Path customers.csv

    Sends for real, with one key of an owner of both sites. With -Journal, each further connection has its own journal
    beside that one.

.OUTPUTS
    WixInbox.Message
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/sites.csv",

    [string[]] $Site = @('shop', 'cafe')
)

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

foreach ($name in $Site) {
    if (-not (Get-WixInboxConnection -Name $name -ErrorAction Ignore)) {
        Connect-WixInbox -Sandbox -Name $name
    }
}

Import-Csv -LiteralPath $Path |
    Send-WixInboxMessage -Text { "Hi $($_.FirstName), order $($_.Order) is ready at the $($_.Connection)." } `
        -SendNotification
