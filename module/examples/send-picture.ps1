<#
.SYNOPSIS
    Sends each person of a CSV file a text with a picture from this machine.

.DESCRIPTION
    The picture is uploaded to the site's Media Manager once, however many people get it, and is shown as a separate
    message below the text. That needs the permission Manage Media Manager. A file in the Media Manager is public:
    whoever has its address can see it.

    If each row has its own picture, put its path in a column ImagePath. -FilePath sends files of other kinds.

.PARAMETER Path
    The CSV file. Without one, the people that lie beside this script.

.PARAMETER Picture
    The picture: PNG, JPEG, GIF or WebP.

.EXAMPLE
    ./send-picture.ps1

.EXAMPLE
    ./send-picture.ps1 -Path customers.csv -Picture ~/Pictures/opening.jpg

.OUTPUTS
    WixInbox.Message
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/people.csv",
    [string] $Picture = "$PSScriptRoot/opening.png"
)

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

if (-not (Get-WixInboxConnection)) {
    Connect-WixInbox -Sandbox
}

Import-Csv -LiteralPath $Path -Encoding utf8 |
    Send-WixInboxMessage -Text { "Hi $($_.FirstName), our new shop is open." } -ImagePath $Picture `
        -SendNotification
