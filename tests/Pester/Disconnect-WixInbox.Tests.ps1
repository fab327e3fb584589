BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Disconnect-WixInbox' {
    BeforeEach {
        Disconnect-WixInbox
    }

    AfterEach {
        Disconnect-WixInbox
    }

    It 'closes the connection of the runspace and gives nothing back' {
        $connection = Connect-WixInbox -Sandbox -PassThru
        Disconnect-WixInbox | Should -BeNullOrEmpty
        $connection.Closed | Should -BeTrue
        Get-WixInboxConnection | Should -BeNullOrEmpty
    }

    It 'closes the connection that is piped in and leaves the other one' {
        $first = Connect-WixInbox -Sandbox -PassThru
        $second = Connect-WixInbox -Sandbox -PassThru
        $first | Disconnect-WixInbox
        $first.Closed | Should -BeTrue
        $second.Closed | Should -BeFalse
        [object]::ReferenceEquals($second, (Get-WixInboxConnection)) | Should -BeTrue
    }

    It 'closes the connection of a name' {
        $shop = Connect-WixInbox -Sandbox -Name shop -PassThru
        Connect-WixInbox -Sandbox
        Disconnect-WixInbox shop
        $shop.Closed | Should -BeTrue
        Get-WixInboxConnection | Should -HaveCount 1
        { Disconnect-WixInbox shop -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectionNotFound,*'
    }

    It 'leaves a secret that several connections were given to the others' {
        $secret = ConvertTo-Secret $Token
        $first = Connect-WixInbox -AccessToken $secret -PassThru
        $inbox = [WixInboxTests.MockInbox]::new()
        Connect-WixInbox -AccessToken $secret -MessageHandler $inbox
        Disconnect-WixInbox $first
        Send-WixInboxMessage -Text hi -ConversationId $Conversation | Should -HaveCount 1
        $secret.Length | Should -Be $Token.Length
    }

    It 'closes several connections' {
        $connections = 1..3 | ForEach-Object -Process { Connect-WixInbox -Sandbox -PassThru }
        $connections | Disconnect-WixInbox
        $connections.Closed | Should -Be $true, $true, $true
    }

    It 'is content where there is nothing to close' {
        { Disconnect-WixInbox -ErrorAction Stop } | Should -Not -Throw
        $connection = Connect-WixInbox -Sandbox -PassThru
        Disconnect-WixInbox
        { Disconnect-WixInbox -Connection $connection -ErrorAction Stop } | Should -Not -Throw
    }

    It 'leaves a connection behind that cannot be sent with' {
        $inbox = Connect-MockInbox
        $connection = Get-WixInboxConnection
        Disconnect-WixInbox
        { Send-WixInboxMessage -Text hi -ConversationId $Conversation -Connection $connection } |
            Should -Throw -ErrorId 'ConnectionClosed,WixInbox.Commands.SendWixInboxMessageCommand'
        $inbox.Requests | Should -HaveCount 0
    }

    It 'does not dispose of a handler of one''s own' {
        $inbox = Connect-MockInbox
        Disconnect-WixInbox
        Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox
        Send-WixInboxMessage -Text hi -ConversationId $Conversation | Should -HaveCount 1
    }
}
