<#
.SYNOPSIS
    Sends each person of a CSV file a card with buttons.

.DESCRIPTION
    A card has a title, up to ten lines, a picture and up to ten buttons. A button opens a page, or tells an app which
    one was pressed (PostbackProperties). All of it can be made from the row's columns.

.PARAMETER Path
    The CSV file. Without one, the people that lie beside this script.

.EXAMPLE
    ./send-card.ps1

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

$card = @{
    Template         = $true
    SendNotification = $true
    Title            = { "Your plan $($_.Plan)" }
    TextLine         = { "Hi $($_.FirstName)!", "It renews on $($_.Renewal)." }
    Button           = {
        @{ Label = 'See the plan'; LaunchUrl = 'https://example.com/plans/' + [uri]::EscapeDataString($_.Plan) }
        @{ Label = 'Keep it'; PostbackProperties = @{ InteractionId = 'keep' } }
    }
    Badge            = { @{ Text = $_.Plan; Visibility = 'Business' } }
}
Import-Csv -LiteralPath $Path -Encoding utf8 | Send-WixInboxMessage @card
