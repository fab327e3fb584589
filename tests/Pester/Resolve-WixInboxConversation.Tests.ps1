BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Resolve-WixInboxConversation' {
    BeforeEach {
        $inbox = Connect-MockInbox
        $contact = '11111111-2222-4333-8444-555555555555'
    }

    AfterEach {
        Disconnect-WixInbox
    }

    It 'finds the conversation of a <Name>' -ForEach @(
        @{ Name = 'ContactId' }, @{ Name = 'MemberId' }, @{ Name = 'AnonymousVisitorId' }
    ) {
        $parameters = @{ $Name = $contact }
        $found = Resolve-WixInboxConversation @parameters
        $found | Should -BeOfType ([WixInbox.Conversation])
        $found.ConversationId | Should -Be 'cccccccc-2222-4333-8444-555555555555'
        $found.Created | Should -BeTrue
        $asked = @($inbox.Requests | Where-Object Path -EQ '/inbox/v2/conversations')
        $asked | Should -HaveCount 1
        $field = $Name.Substring(0, 1).ToLowerInvariant() + $Name.Substring(1)
        $asked[0].Body | Should -BeExactly "{`"participantId`":{`"$field`":`"$contact`"}}"
    }

    It 'reads the columns of a CSV, a member before a contact' {
        $rows = @"
Contact Id,member_id
$contact,
$contact,22222222-2222-4333-8444-555555555555
"@ | ConvertFrom-Csv
        $null = $rows | Resolve-WixInboxConversation
        $asked = $inbox.Requests | Where-Object Path -EQ '/inbox/v2/conversations'
        $asked.Body |
            ForEach-Object -Process { ($_ | ConvertFrom-Json).participantId.PSObject.Properties.Name } |
            Should -Be 'contactId', 'memberId'
    }

    It 'makes no request with <_>' -ForEach '-WhatIf', '$WhatIfPreference' {
        if ($_ -eq '-WhatIf') {
            Resolve-WixInboxConversation -ContactId $contact -WhatIf | Should -BeNullOrEmpty
        }
        else {
            $WhatIfPreference = $true
            Resolve-WixInboxConversation -ContactId $contact | Should -BeNullOrEmpty
        }

        $inbox.Requests | Should -HaveCount 0
    }

    It 'gives back the rows that failed' {
        $inbox.Answer('99999999', 404, (New-WixError -Code NOT_FOUND))
        $rows = [pscustomobject]@{ ContactId = '99999999-2222-4333-8444-555555555555'; N = 1 }, [pscustomobject]@{ ContactId = 'bad'; N = 2 }, [pscustomobject]@{ ContactId = $contact; N = 3 }
        $rows | Resolve-WixInboxConversation -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'ParticipantNotFound', 'ContactIdInvalid'
        $failed.TargetObject.N | Should -Be 1, 2
        $failed.Exception.Row | Should -Be 1, 2
    }

    It 'names the permission that is missing' {
        $inbox.Answer('', 403, (New-WixError -Code PERMISSION_DENIED))
        { Resolve-WixInboxConversation -ContactId $contact } | Should -Throw -ErrorId 'PermissionDenied,*' -ExpectedMessage '*Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS)*'
    }

    It 'says in the list, and in a file, whether it was created' {
        Connect-WixInbox -Sandbox
        $found = 1..2 | ForEach-Object -Process { Resolve-WixInboxConversation -ContactId $contact }
        $found.Created | Should -Be $true, $false
        $found | Format-List | Out-String | Should -BeLike '*Created*: True*Created*: False*'
        ($found | Select-Object -Property Id, Created | ConvertTo-Csv | ConvertFrom-Csv).Created | Should -Be 'True', 'False'
    }
}
