BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Get-WixInboxContact' {
    BeforeEach {
        Connect-WixInbox -Sandbox
    }

    AfterEach {
        Disconnect-WixInbox
    }

    It 'gives typed contacts in the order of the addresses' {
        $got = Get-WixInboxContact linus@example.com, ada@example.com
        $got | ForEach-Object -Process { $_ | Should -BeOfType ([WixInbox.Contact]) }
        $got.Email | Should -Be 'linus@example.com', 'ada@example.com'
        $got.ContactId | Should -Be $got.Id
        ('linus@example.com', 'ada@example.com' | Get-WixInboxContact).Id | Should -Be $got.Id
    }

    It 'reads the addresses of a CSV, whatever the column is called' -ForEach @(
        @{ Column = 'Email' }, @{ Column = 'E-mail' }, @{ Column = 'EmailAddress' }, @{ Column = 'Email Address' }, @{ Column = 'Mail' }
    ) {
        ($Column, 'ada@example.com' | ConvertFrom-Csv | Get-WixInboxContact).Email | Should -Be 'ada@example.com'
    }

    It 'names each row whose address is wrong or unknown, and gives the others' {
        $rows = 'nonsense', 'nobody@example.invalid', 'ada@example.com' | ForEach-Object -Process { [pscustomobject]@{ Email = $_ } }
        $got = $rows | Get-WixInboxContact -ErrorVariable failed -ErrorAction SilentlyContinue
        $got.Email | Should -Be 'ada@example.com'
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'EmailInvalid', 'ContactNotFound'
        $failed.TargetObject.Email | Should -Be 'nonsense', 'nobody@example.invalid'
        $failed.Exception.Row | Should -Be 1, 2
    }

    It 'finds one by its id, its name or what it has' {
        $ada = Get-WixInboxContact ada@example.com
        (Get-WixInboxContact -ContactId $ada.Id).Email | Should -Be 'ada@example.com'
        (Get-WixInboxContact -Search ada@example.com).Id | Should -Be $ada.Id
        Get-WixInboxContact -Name 'Nobody Atall' | Should -BeNullOrEmpty
        { Get-WixInboxContact -ContactId bad -ErrorAction Stop } | Should -Throw -ErrorId 'ContactIdInvalid,*'
    }

    It 'is piped on to Resolve-WixInboxConversation and Send-WixInboxMessage' {
        $conversation = Get-WixInboxContact ada@example.com | Resolve-WixInboxConversation
        (Get-WixInboxContact ada@example.com | Send-WixInboxMessage -Text hi).ConversationId | Should -Be $conversation.Id
    }

    It 'names the permission that is missing' {
        $inbox = Connect-MockInbox
        $inbox.Answer('', 403, (New-WixError -Code PERMISSION_DENIED))
        { Get-WixInboxContact ada@example.com } | Should -Throw -ErrorId 'PermissionDenied,*' -ExpectedMessage '*Read Contacts*'
    }

    It 'draws a table of 80 columns, and a list of all there is' {
        $contact = Get-WixInboxContact ada@example.com
        $lines = ($contact | Out-String -Width 80) -replace '\e\[[\d;]*m' -split '\r?\n'
        $lines | ForEach-Object -Process { $_.Length | Should -BeLessOrEqual 80 }
        $lines -match '^ContactId +Subscription +Name' | Should -HaveCount 1
        $lines -match "^$($contact.Id) NotSet +<ada@example\.com>" | Should -HaveCount 1
        ($contact | Format-List | Out-String) -replace '\e\[[\d;]*m' | Should -Match '(?m)^Email +: ada@example\.com'
    }
}
