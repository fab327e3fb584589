BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Test-WixInboxConnection' {
    BeforeEach {
        Disconnect-WixInbox
    }

    AfterEach {
        Get-WixInboxConnection | Disconnect-WixInbox
    }

    It 'passes in the sandbox, with three requests, and serves as a condition' {
        Connect-WixInbox -Sandbox
        $test = Test-WixInboxConnection
        $test | Should -BeOfType ([WixInbox.ConnectionTest])
        $test.Succeeded | Should -BeTrue
        $test.Requests | Should -Be 3
        $test.Checks.Name | Should -Be 'Host', 'SignIn', 'ReadContacts', 'ReadMessages', 'SendMessages'
        $test.Checks.Result | Select-Object -Unique | Should -Be 'Passed'
    }

    It 'finds that an empty message may not be sent where the permission is missing' {
        $inbox = [WixInboxTests.MockInbox]::new()
        $inbox.Answer('"query"', 200, '{"contacts":[]}')
        $inbox.Answer('conversationId', 403, (New-WixError -Code PERMISSION_DENIED))
        $inbox.Answer('', 404, (New-WixError -Code CONVERSATION_NOT_FOUND))
        Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox
        $test = Test-WixInboxConnection -ErrorAction Stop
        $test.Succeeded | Should -BeFalse
        $failed = $test.Checks | Where-Object Result -EQ Failed
        $failed.Name | Should -Be 'SendMessages'
        $failed.Description | Should -BeLike '*Manage Inbox Messages*'
        ($inbox.Sent[-1].Body | ConvertFrom-Json).PSObject.Properties.Name | Should -Be 'conversationId'
    }

    It 'tests each connection that is piped in, and one by its name' {
        Connect-WixInbox -Sandbox -Name shop
        Connect-WixInbox -Sandbox -Name cafe
        (Get-WixInboxConnection | Test-WixInboxConnection).Connection.Name | Should -Be 'cafe', 'shop'
        (Test-WixInboxConnection shop).Connection.Name | Should -Be 'shop'
    }

    It 'is shown as a list of what works, in 80 columns' {
        Connect-WixInbox -Sandbox -Name shop
        $lines = (Test-WixInboxConnection | Out-String -Width 80) -split '\r?\n'
        $lines | Should -Contain 'Host         : Passed. The sandbox answers.'
        $lines | ForEach-Object { $_.Length } | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual 80
        (Test-WixInboxConnection).Checks | Out-String -Width 80 | Should -BeLike '*Name*Result*Description*SendMessages Passed*'
    }

    It 'says how to connect where there is no connection' {
        { Test-WixInboxConnection -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,WixInbox.Commands.TestWixInboxConnectionCommand'
    }

    It 'shows no secret' {
        $inbox = Connect-MockInbox
        $inbox.Answer('', 401, (New-WixError -Code UNAUTHENTICATED))
        $test = Test-WixInboxConnection
        $test | Format-Custom -Property * -Depth 6 | Out-String -Width 4096 | Should -Not -BeLike "*$Token*"
        $test.Checks[1].Result | Should -Be 'Failed'
    }
}
