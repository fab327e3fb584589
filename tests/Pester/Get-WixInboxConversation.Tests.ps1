BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Get-WixInboxConversation' {
    BeforeEach {
        Connect-WixInbox -Sandbox
    }

    AfterEach {
        Disconnect-WixInbox
    }

    It 'gives typed conversations in the order of the ids' {
        $other = '11111111-2222-4333-8444-555555555555'
        $got = Get-WixInboxConversation $Conversation, $other
        $got | ForEach-Object -Process { $_ | Should -BeOfType ([WixInbox.Conversation]) }
        $got.Id | Should -Be $Conversation, $other
        $got.ConversationId | Should -Be $got.Id
        ($got | Get-WixInboxConversation).Id | Should -Be $got.Id
        ($Conversation, $other | Get-WixInboxConversation).Id | Should -Be $got.Id
    }

    It 'reads the ids of a CSV, whatever the column is called' -ForEach @(
        @{ Column = 'ConversationId' }, @{ Column = 'conversation_id' }, @{ Column = 'Conversation Id' }
    ) {
        ($Column, $Conversation | ConvertFrom-Csv | Get-WixInboxConversation).Id | Should -Be $Conversation
    }

    It 'names each id that is wrong, and reads the others' {
        $none = '00000000-0000-0000-0000-000000000000'
        $got = Get-WixInboxConversation bad, $none, $Conversation -ErrorVariable failed -ErrorAction SilentlyContinue
        $got.Id | Should -Be $Conversation
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'ConversationIdInvalid', 'ConversationNotFound'
        $failed.TargetObject | Should -Be 'bad', $none
        $failed[1].Exception.Code | Should -Be 'CONVERSATION_NOT_FOUND'
    }

    It 'is piped on to Send-WixInboxMessage and Get-WixInboxMessage' {
        (Get-WixInboxConversation $Conversation | Send-WixInboxMessage -Text hi).ConversationId | Should -Be $Conversation
        (Get-WixInboxConversation $Conversation | Get-WixInboxMessage).Content.Basic.Items.Text | Should -Be 'hi'
    }

    It 'draws a table of 80 columns, and a list of all there is' {
        $lines = (Get-WixInboxConversation $Conversation | Out-String -Width 80) -replace '\e\[[\d;]*m' -split '\r?\n'
        $lines | ForEach-Object -Process { $_.Length | Should -BeLessOrEqual 80 }
        $lines -match '^Id +Participant +Name' | Should -HaveCount 1
        $lines -match "^$Conversation visitor [0-9a-f]{8}\u2026 Visitor [0-9a-f]{8}" | Should -HaveCount 1
        $list = (Get-WixInboxConversation $Conversation | Format-List | Out-String -Width 80) -replace '\e\[[\d;]*m'
        $list | Should -Match '(?m)^Participant +: AnonymousVisitorId [0-9a-f-]{36}'
        $list | Should -Match '(?m)^BusinessName +: Sandbox'
        $list | Should -Not -Match '(?m)^Created'
    }

    It 'completes the connection' {
        $mine = Get-WixInboxConnection
        Get-CompletionText -Line 'Get-WixInboxConversation -Connection $min' | Should -Contain '$mine'
        $mine.Closed | Should -BeFalse
    }
}
