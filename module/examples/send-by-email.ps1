<#
.SYNOPSIS
    Sends each person of a CSV file a message by their e-mail address.

.DESCRIPTION
    The addresses are looked up among the site's contacts, 50 with one request, and each contact's conversation is found
    or created. A row whose address no contact has, or several have, or whose contact has unsubscribed, is an error with
    the row in it.

    Without a connection the messages go to the sandbox, where each address has a contact, except those that end in
    .invalid.

.PARAMETER Path
    The CSV file. Without one, the people that lie beside this script.

.EXAMPLE
    ./send-by-email.ps1

.EXAMPLE
    Connect-WixInbox -ClientId 3f0c... -ClientSecret (Get-Secret WixApp) -InstanceId 9b1d...
    ./send-by-email.ps1 -Path customers.csv

.OUTPUTS
    WixInbox.Message
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/people.csv"
)

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

if (-not (Get-WixInboxConnection)) {
    Connect-WixInbox -Sandbox
}

# The values of a row go into the text unchanged: no column is run or expanded.
Import-Csv -LiteralPath $Path -Encoding utf8 |
    Send-WixInboxMessage -Text { "Hi $($_.FirstName), your plan $($_.Plan) renews on $($_.Renewal)." } `
        -SendNotification
