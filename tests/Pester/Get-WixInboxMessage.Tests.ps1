BeforeAll {
    . "$PSScriptRoot/common.ps1"

    # The sandbox itself, so that its requests can be counted.
    function Connect-Sandbox {
        Add-Type -LiteralPath (Join-Path -Path (Split-Path -Path $ModuleManifest) -ChildPath bin/net8.0/WixInbox.Sandbox.dll)
        $sandbox = [WixInbox.Sandbox.SandboxHandler]::new($null)
        Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $sandbox -RequestsPerMinute 0
        $sandbox
    }

    function Get-ReadCount {
        param($Sandbox)

        ($Sandbox.RequestCounts | Where-Object -Property Method -EQ -Value GET | Measure-Object -Property Count -Sum).Sum
    }
}

Describe 'Get-WixInboxMessage' {
    BeforeEach {
        $sandbox = Connect-Sandbox
    }

    AfterEach {
        Disconnect-WixInbox
    }

    Context 'a long conversation' {
        BeforeEach {
            $sent = 1..120 | ForEach-Object -Process { [pscustomobject]@{ ConversationId = $Conversation; Text = "text $_" } } | Send-WixInboxMessage
        }

        It 'gives the newest first, and costs <Requests> for <Name>' -ForEach @(
            @{ Name = '-First 5'; Requests = 1; Count = 5; Read = { Get-WixInboxMessage $Conversation -First 5 } }
            @{ Name = 'Select-Object -First 5'; Requests = 1; Count = 5; Read = { Get-WixInboxMessage $Conversation | Select-Object -First 5 } }
            @{ Name = '-First 101'; Requests = 2; Count = 101; Read = { Get-WixInboxMessage $Conversation -First 101 } }
            @{ Name = 'all'; Requests = 2; Count = 120; Read = { Get-WixInboxMessage $Conversation } }
        ) {
            $read = & $Read
            $read | Should -HaveCount $Count
            $read | ForEach-Object -Process { $_ | Should -BeOfType ([WixInbox.Message]) }
            $read.Id | Should -Be $sent.Id[119..(120 - $Count)]
            $read.ConversationId | Select-Object -Unique | Should -Be $Conversation
            $read[0].Delivery | Should -BeNullOrEmpty
            Get-ReadCount -Sandbox $sandbox | Should -Be $Requests
        }

        It 'chooses by date' {
            $dates = $sent.CreatedDate
            (Get-WixInboxMessage $Conversation -After $dates[99] | Where-Object -Property CreatedDate -LE -Value $dates[99]) | Should -BeNullOrEmpty
            (Get-WixInboxMessage $Conversation -After $dates[119]) | Should -BeNullOrEmpty
            (Get-WixInboxMessage $Conversation -Before $dates[0]) | Should -BeNullOrEmpty
            (Get-WixInboxMessage $Conversation -After (Get-Date).AddHours(-1)) | Should -HaveCount 120
            (Get-WixInboxMessage $Conversation -After (Get-Date).AddHours(1)) | Should -BeNullOrEmpty
        }
    }

    Context 'who sees what' {
        BeforeEach {
            $null = Send-WixInboxMessage -ConversationId $Conversation -Text shared
            $null = Send-WixInboxMessage -ConversationId $Conversation -Minimal -Text internal -Visibility Business
        }

        It 'reads all, or what both sides see' {
            (Get-WixInboxMessage $Conversation).Visibility | Should -Be 'Business', 'BusinessAndParticipant'
            (Get-WixInboxMessage $Conversation -Visibility BusinessAndParticipant).Content.PreviewText | Should -Be 'shared'
            Get-CompletionText -Line 'Get-WixInboxMessage -Visibility ' | Should -Be 'Business', 'BusinessAndParticipant'
        }
    }

    Context 'errors' {
        It 'goes on after an id that is wrong' {
            $none = '00000000-0000-0000-0000-000000000000'
            $null = Send-WixInboxMessage -ConversationId $Conversation -Text hi
            $rows = 'bad', $none, $Conversation | ForEach-Object -Process { [pscustomobject]@{ ConversationId = $_ } }
            $rows | Get-WixInboxMessage -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
            $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'ConversationIdInvalid', 'ConversationNotFound'
            $failed.TargetObject.ConversationId | Should -Be 'bad', $none
        }

        It 'names the permission, where Wix says 401 <Code>' -ForEach @(
            @{ Code = 'NO_INBOX_INSTANCE'; Id = 'InboxNotFound' }, @{ Code = 'NOT_JOINED_CHATROOM'; Id = 'PermissionDenied' }
        ) {
            $sandbox.AddFault([WixInbox.Sandbox.Fault]@{ Kind = 'ApplicationError'; Status = 401; Code = $Code })
            { Get-WixInboxMessage $Conversation -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*" -ExpectedMessage '*Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)*'
            Get-ReadCount -Sandbox $sandbox | Should -Be 1
        }

        It 'gets over a connection that breaks' {
            $null = Send-WixInboxMessage -ConversationId $Conversation -Text hi
            $sandbox.AddFault([WixInbox.Sandbox.Fault]@{ Kind = 'TruncatedBody'; Method = 'GET' })
            Get-WixInboxMessage $Conversation -ErrorAction Stop | Should -HaveCount 1
        }
    }

    Context 'what is shown' {
        It 'is a chat in 80 columns, and nothing in it reaches the terminal' {
            $null = Send-WixInboxMessage -ConversationId $Conversation -Text 'Hello'
            $null = Send-WixInboxMessage -ConversationId $Conversation -Direction ParticipantToBusiness -Text "`e[31mred`e]0;title`a`r`nnext $([char] 0x202E)gpj.exe $([char] 0x9B)2J $([string]::new([char] 0x6F22, 90)) 👩‍👩‍👧 end"
            $null = Send-WixInboxMessage -ConversationId $Conversation -Minimal -Text note -Visibility Business
            $lines = (Get-WixInboxMessage $Conversation | Out-String -Width 80) -replace '\e\[[\d;]*m' -split '\r?\n'
            foreach ($line in $lines) {
                # A wide character takes two cells.
                $line.Length + ($line.ToCharArray() -eq [char] 0x6F22).Count | Should -BeLessOrEqual 80
                $line | Should -Not -Match '[\p{Cc}\u202A-\u202E]'
            }
            $said = $lines -match '^\d{4}-\d\d-\d\d \d\d:\d\d '
            $said[0].Substring(17) | Should -Match '^>\*  note'
            $said[1].Substring(17) | Should -Match '^<   \[31mred \]0;title next gpj\.exe 2J'
            $said[2].Substring(17) | Should -Match '^>   Hello'
            $lines -match "ConversationId: $Conversation" | Should -HaveCount 1
        }

        It 'is a list of all there is, and what was sent is shown as before' {
            $null = Send-WixInboxMessage -ConversationId $Conversation -Text 'Hello'
            $list = (Get-WixInboxMessage $Conversation | Format-List | Out-String) -replace '\e\[[\d;]*m'
            $list | Should -Match '(?m)^Kind +: Basic'
            $sent = (Get-WixInboxMessage $Conversation | Send-WixInboxMessage -Text 'Thanks' | Out-String -Width 80) -replace '\e\[[\d;]*m'
            $sent | Should -Match '(?m)^Id +ConversationId +Preview'
        }
    }

    It 'goes from a CSV of contacts to the answer in one pipeline' {
        $contacts = '11111111-2222-4333-8444-555555555555', '22222222-2222-4333-8444-555555555555' | ForEach-Object -Process { [pscustomobject]@{ ContactId = $_ } }
        $null = $contacts | Send-WixInboxMessage -Direction ParticipantToBusiness -Text { "I am $($_.ContactId.Substring(0, 4))" }
        $answers = $contacts | Resolve-WixInboxConversation | Get-WixInboxMessage -First 1 | Send-WixInboxMessage -Text { "$($_.Content.Basic.Items[0].Text)? Thanks." }
        $answers.Content.PreviewText | Should -Be 'I am 1111? Thanks.', 'I am 2222? Thanks.'
        $answers.Direction | Should -Be 'BusinessToParticipant', 'BusinessToParticipant'
    }
}
