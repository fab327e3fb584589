<#
.SYNOPSIS
    Shows what contacts have answered since a certain time, and can reply to each of them once.

.DESCRIPTION
    Goes from a contact to the conversation to its messages, and returns the newest message that the participant wrote,
    beside the contact. With -Reply, each of these conversations gets a reply, unless it has one already: run again, the
    script replies to nobody twice.

    Without a connection it runs in the sandbox, where nobody answers. So the script first sends messages from the
    people of the file, as a custom form or chat would put them into the Inbox (-Direction ParticipantToBusiness).

.PARAMETER Path
    The CSV file with the column Email. Without one, the people that lie beside this script.

.PARAMETER After
    The time after which a message counts. Without one, the last day.

.PARAMETER Reply
    The text of the reply.

.EXAMPLE
    ./read-answers.ps1

.EXAMPLE
    ./read-answers.ps1 -Path customers.csv -After (Get-Date).AddHours(-2) | Export-Csv answers.csv -Encoding utf8

.EXAMPLE
    ./read-answers.ps1 -Reply 'Thank you, we are on it.'

.OUTPUTS
    A row for each contact who has answered: Email, Answered, Message and ConversationId. The answer is not in a column
    Text, which would be sent back if the rows were piped into Send-WixInboxMessage.
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/people.csv",

    [datetime] $After = (Get-Date).AddDays(-1),

    [string] $Reply
)

if (-not (Get-Module -Name WixInbox)) {
    Import-Module -Name "$PSScriptRoot/../WixInbox.psd1"
}

$people = @(Import-Csv -LiteralPath $Path | Sort-Object -Property Email -Unique)
if (-not (Get-WixInboxConnection)) {
    Connect-WixInbox -Sandbox
    $null = $people | Send-WixInboxMessage -Text { "Is the plan $($_.Plan) for a year?" } -Direction ParticipantToBusiness -SendAs Participant -ErrorAction Ignore
}

foreach ($contact in $people | Get-WixInboxContact) {
    $conversation = $contact | Resolve-WixInboxConversation
    $messages = @($conversation | Get-WixInboxMessage -After $After)
    $answer = $messages | Where-Object -Property Direction -EQ -Value ParticipantToBusiness | Select-Object -First 1
    if ($answer) {
        [pscustomobject]@{
            Email          = $contact.Email
            Answered       = $answer.CreatedDate
            Message        = $answer.Content.Basic.Items.Text -join ' '
            ConversationId = $answer.ConversationId
        }

        # The newest comes first: where the business has written since, it was answered.
        if ($Reply -and $answer.Id -eq $messages[0].Id) {
            $null = $answer | Send-WixInboxMessage -Text $Reply -SendNotification
        }
    }
}
