<#
.SYNOPSIS
    Puts a form that somebody has filled in elsewhere into their conversation, where the site's staff see it.

.DESCRIPTION
    The form goes from the participant to the business, and is shown only in the Inbox and not in the visitor's chat, as
    Wix's own forms are.

.PARAMETER Email
    The address of the contact who filled it in.

.PARAMETER Answer
    The answers, by question.

.EXAMPLE
    ./report-form.ps1

.EXAMPLE
    ./report-form.ps1 -Email ada@example.com -Answer ([ordered]@{ Size = 'L'; Reason = 'Too small' })

.OUTPUTS
    WixInbox.Message
#>
[CmdletBinding()]
param(
    [string] $Email = 'ada@example.com',

    [System.Collections.IDictionary] $Answer = [ordered]@{ Order = '10403'; Size = 'L'; Reason = 'Too small' }
)

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

if (-not (Get-WixInboxConnection)) {
    Connect-WixInbox -Sandbox
}

$fields = foreach ($question in $Answer.Keys) {
    @{ Name = $question; Value = "$($Answer[$question])" }
}
Send-WixInboxMessage -Email $Email -Form -Title 'Return' -Field $fields -Direction ParticipantToBusiness -Visibility Business
