BeforeDiscovery {
    $examples = @(
        @{ Name = 'send-by-email'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'send-card'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'send-picture'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'report-form'; Messages = 1; Errors = $null }
        @{ Name = 'several-sites'; Messages = 4; Errors = 'ConnectionNotFound' }
    )
    $scripts = (Get-ChildItem -Path "$PSScriptRoot/../../module/examples/*.ps1").BaseName
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The examples' {
    It 'has help for <_>' -ForEach $scripts {
        $help = Get-Help -Name "$(Split-Path -Path $ModuleManifest)/examples/$_.ps1"
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
    }

    AfterEach {
        Get-WixInboxConnection | Disconnect-WixInbox
    }

    It 'runs <Name> in the sandbox' -ForEach $examples {
        Connect-WixInbox -Sandbox
        $failed = $null
        $sent = & "$(Split-Path -Path $ModuleManifest)/examples/$Name.ps1" -ErrorVariable failed -ErrorAction SilentlyContinue
        @($sent).Count | Should -Be $Messages
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId -replace ',.*' } | Select-Object -Unique) | Should -Be @($Errors | Where-Object { $_ })
    }

    It 'runs read-answers, which reads what the people of the file wrote, and answers each once' {
        Get-WixInboxConnection | Disconnect-WixInbox
        $script = "$(Split-Path -Path $ModuleManifest)/examples/read-answers.ps1"
        $answers = @(& $script -Reply 'Thank you.' -ErrorAction SilentlyContinue)
        $answers.Email | Should -Be 'ada@example.com', 'grace@example.com', 'linus@example.com', 'margaret@example.com'
        $answers[1].Text | Should -Be 'Is the plan Starter for a year?'
        $chat = @(Get-WixInboxMessage -ConversationId $answers[1].ConversationId)
        $chat.Direction | Should -Be 'BusinessToParticipant', 'ParticipantToBusiness'
        $chat[0].Content.Basic.Items.Text | Should -Be 'Thank you.'
        @(& $script -Reply 'Thank you.' -ErrorAction SilentlyContinue) | Should -HaveCount 4
        @(Get-WixInboxMessage -ConversationId $answers[1].ConversationId) | Should -HaveCount 2
        @(& $script -After (Get-Date).AddHours(1) -ErrorAction SilentlyContinue) | Should -HaveCount 0
    }
}
