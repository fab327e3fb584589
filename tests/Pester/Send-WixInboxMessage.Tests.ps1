BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Send-WixInboxMessage' {
    BeforeEach {
        $inbox = Connect-MockInbox
    }

    AfterEach {
        Disconnect-WixInbox
    }

    Context 'one message' {
        It 'posts what Wix documents, and nothing more' {
            $null = Send-WixInboxMessage -Text 'Hi there' -ConversationId $Conversation
            $inbox.Requests | Should -HaveCount 1
            $request = $inbox.Requests[0]
            $request.Method | Should -Be 'POST'
            $request.Path | Should -Be '/inbox/v2/messages'
            $request.Headers['Accept'] | Should -Be 'application/json'
            $request.Body | Should -BeExactly ('{"conversationId":"' + $Conversation + '","message":{"content":{"previewText":"Hi there","basic":{"items":[{"text":"Hi there"}]}},"visibility":"BUSINESS_AND_PARTICIPANT","direction":"BUSINESS_TO_PARTICIPANT"}}')
        }

        It 'gives back a typed message that can be piped on' {
            $message = Send-WixInboxMessage -Text one -ConversationId $Conversation
            $message | Should -BeOfType ([WixInbox.Message])
            $message.Id | Should -Be '1700000000000001'
            $message.ConversationId | Should -Be $Conversation
            $message.CreatedDate | Should -Be ([datetimeoffset]'2026-01-02T03:04:05.678Z')
            $message | Send-WixInboxMessage -Text two | Should -HaveCount 1
            ($inbox.Sent[1].Body | ConvertFrom-Json).conversationId | Should -Be $Conversation
        }

        It 'sends what the switches and choices say' {
            $parameters = @{
                ConversationId   = $Conversation
                Text             = 'hi'
                Visibility       = 'Business'
                Direction        = 'ParticipantToBusiness'
                SendAs           = 'Participant'
                TargetChannel    = 'Sms'
                TargetChannelId  = 'a', 'b'
                SourceChannel    = 'Email'
                SourceChannelId  = 'c'
                TypingDelay      = 3
                Silent           = $true
                SendNotification = $true
                Badge            = @{ Text = 'Shop'; Visibility = 'Business' }
            }
            $null = Send-WixInboxMessage @parameters
            $body = $inbox.Requests[0].Body | ConvertFrom-Json
            $body.sendAs | Should -BeExactly 'PARTICIPANT'
            $body.silent | Should -BeTrue
            $body.sendNotifications | Should -BeTrue
            $body.typingDelay | Should -Be 3
            $body.message.silent | Should -BeTrue
            $body.message.visibility | Should -BeExactly 'BUSINESS'
            $body.message.direction | Should -BeExactly 'PARTICIPANT_TO_BUSINESS'
            $body.message.targetChannels | Should -BeExactly @('SMS')
            $body.message.targetChannelIds | Should -BeExactly @('a', 'b')
            $body.message.sourceChannel | Should -BeExactly 'EMAIL'
            $body.message.sourceChannelId | Should -BeExactly 'c'
            $body.message.badges | ConvertTo-Json -Compress -AsArray | Should -BeExactly '[{"text":"Shop","badgeVisibility":"BUSINESS"}]'
        }

        It 'finds the conversation of a <Name>, once for each run' -ForEach @(
            @{ Name = 'ContactId' }
            @{ Name = 'MemberId' }
            @{ Name = 'AnonymousVisitorId' }
        ) {
            $id = '11111111-2222-4333-8444-555555555555'
            $messages = 1..3 | ForEach-Object -Process { [pscustomobject]@{ $Name = $id } } | Send-WixInboxMessage -Text hi
            $messages.ConversationId | Should -Be (@('cccccccc-2222-4333-8444-555555555555') * 3)
            $lookUp = $inbox.Requests | Where-Object -Property Path -EQ -Value '/inbox/v2/conversations'
            $lookUp | Should -HaveCount 1
            ($lookUp.Body | ConvertFrom-Json).participantId.($Name.Substring(0, 1).ToLowerInvariant() + $Name.Substring(1)) | Should -Be $id
        }
    }

    Context 'content made of a row''s columns' {
        It '<Kind>: -<Parameter> takes a script block' -ForEach @(
            @{ Kind = 'Basic'; Parameter = 'Text'; Value = { "Hi $($_.Name)" }; Sent = { $_.basic.items[0].text }; Expected = 'Hi Ada' }
            @{ Kind = 'Basic'; Parameter = 'ImageUrl'; Value = { $_.Url, $_.Url }; Sent = { $_.basic.items.image.url }; Expected = 'https://example.com/1', 'https://example.com/1' }
            @{ Kind = 'Basic'; Parameter = 'FileUrl'; Value = { $_.Url }; Sent = { $_.basic.items[0].file.url }; Expected = 'https://example.com/1' }
            @{ Kind = 'Basic'; Parameter = 'Image'; Value = { @{ Url = $_.Url; Width = 80 } }; Sent = { $_.basic.items[0].image.width }; Expected = 80 }
            @{ Kind = 'Basic'; Parameter = 'File'; Value = { @{ Url = $_.Url; Filename = "$($_.Name).pdf" } }; Sent = { $_.basic.items[0].file.filename }; Expected = 'Ada.pdf' }
            @{ Kind = 'Basic'; Parameter = 'PreviewText'; Value = { "For $($_.Name)" }; Extra = @{ Text = 'hi' }; Sent = { $_.previewText }; Expected = 'For Ada' }
            @{ Kind = 'Template'; Parameter = 'Title'; Value = { $_.Name }; Extra = @{ Template = $true }; Sent = { $_.template.title }; Expected = 'Ada' }
            @{ Kind = 'Template'; Parameter = 'TextLine'; Value = { $_.Name, 'two' }; Extra = @{ Template = $true }; Sent = { $_.template.textLines }; Expected = 'Ada', 'two' }
            @{ Kind = 'Template'; Parameter = 'ImageUrl'; Value = { $_.Url }; Extra = @{ Template = $true }; Sent = { $_.template.imageUrl }; Expected = 'https://example.com/1' }
            @{ Kind = 'Template'; Parameter = 'Button'; Value = { @{ Label = $_.Name; LaunchUrl = $_.Url } }; Extra = @{ Template = $true }; Sent = { $_.template.buttons[0].label }; Expected = 'Ada' }
            @{ Kind = 'Template'; Parameter = 'Orientation'; Value = 'Landscape'; Extra = @{ Template = $true; Title = 'x' }; Sent = { $_.template.orientation }; Expected = 'LANDSCAPE' }
            @{ Kind = 'Minimal'; Parameter = 'Text'; Value = { $_.Name }; Extra = @{ Minimal = $true }; Sent = { $_.minimal.text }; Expected = 'Ada' }
            @{ Kind = 'Minimal'; Parameter = 'IconUrl'; Value = { $_.Url }; Extra = @{ Minimal = $true; Text = 'x' }; Sent = { $_.minimal.iconUrl }; Expected = 'https://example.com/1' }
            @{ Kind = 'Minimal'; Parameter = 'Url'; Value = { $_.Url }; Extra = @{ Minimal = $true; Text = 'x' }; Sent = { $_.minimal.url }; Expected = 'https://example.com/1' }
            @{ Kind = 'Form'; Parameter = 'Title'; Value = { $_.Name }; Extra = @{ Form = $true; Field = @{ Name = 'a'; Value = 'b' } }; Sent = { $_.form.title }; Expected = 'Ada' }
            @{ Kind = 'Form'; Parameter = 'Description'; Value = { $_.Name }; Extra = @{ Form = $true; Field = @{ Name = 'a'; Value = 'b' } }; Sent = { $_.form.description }; Expected = 'Ada' }
            @{ Kind = 'Form'; Parameter = 'Field'; Value = { @{ Name = 'who'; Value = $_.Name } }; Extra = @{ Form = $true }; Sent = { $_.form.fields[0].value }; Expected = 'Ada' }
            @{ Kind = 'Form'; Parameter = 'Media'; Value = { @{ Image = @{ Url = $_.Url } } }; Extra = @{ Form = $true; Field = @{ Name = 'a'; Value = 'b' } }; Sent = { $_.form.media[0].image.url }; Expected = 'https://example.com/1' }
            @{ Kind = 'Content'; Parameter = 'Content'; Value = { @{ Basic = @{ Items = @(@{ Text = $_.Name }) } } }; Sent = { $_.basic.items[0].text }; Expected = 'Ada' }
        ) {
            $parameters = @{ $Parameter = $Value } + $(if ($Extra) { $Extra } else { @{} })
            $row = [pscustomobject]@{ ConversationId = $Conversation; Name = 'Ada'; Url = 'https://example.com/1' }
            $row | Send-WixInboxMessage @parameters -ErrorAction Stop | Should -HaveCount 1
            ($inbox.Sent[0].Body | ConvertFrom-Json).message.content | ForEach-Object -Process $Sent | Should -BeExactly $Expected
        }

        It 'takes a badge from a script block, as a text or with all it has' {
            $row = [pscustomobject]@{ ConversationId = $Conversation; Name = 'Ada' }
            $null = $row | Send-WixInboxMessage -Text hi -Badge { $_.Name }
            $null = $row | Send-WixInboxMessage -Text hi -Badge { @{ Text = $_.Name; IconUrl = 'https://example.com/i.png' } }
            ($inbox.Sent[0].Body | ConvertFrom-Json).message.badges[0].text | Should -Be 'Ada'
            ($inbox.Sent[1].Body | ConvertFrom-Json).message.badges[0].iconUrl | Should -Be 'https://example.com/i.png'
        }

        It 'binds columns by their name, and by the spellings that a CSV has' {
            @"
Conversation Id,TEXT,image_url
$Conversation,Hello,https://example.com/1
"@ | ConvertFrom-Csv | Send-WixInboxMessage -ErrorAction Stop | Should -HaveCount 1
            $items = ($inbox.Sent[0].Body | ConvertFrom-Json).message.content.basic.items
            $items[0].text | Should -Be 'Hello'
            $items[1].image.url | Should -Be 'https://example.com/1'
        }

        It 'makes a row whose script block fails that row''s error, and sends the others' {
            $messages = New-Row -Number (1..3) | Send-WixInboxMessage -Text { if ($_.Name -eq 'name2') { throw 'no name' }; $_.Name } -ErrorVariable failed -ErrorAction SilentlyContinue
            $messages | Should -HaveCount 2
            $failed | Should -HaveCount 1
            $failed[0].Exception.Message | Should -BeLike '*no name*'
        }
    }

    Context 'a CSV' {
        It 'sends the shipped contacts and names those that cannot be sent' {
            Connect-WixInbox -Sandbox
            $messages = Import-Csv -LiteralPath $ExampleCsv | Send-WixInboxMessage -Text { "Order $($_.Order). $($_.Note)" } -ErrorVariable failed -ErrorAction SilentlyContinue
            $messages | Should -HaveCount 197
            $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'RecipientMissing', 'TextTooLong', 'ConversationNotFound'
            $failed.Exception.Row | Should -Be 61, 97, 134
            $failed.CategoryInfo.Category | Should -Be 'InvalidData', 'InvalidData', 'ObjectNotFound'
            $failed.TargetObject.Order | Should -Be 10583, 10689, 10801
        }

        It 'keeps the order of the rows, and their line breaks, accents, emoji and scripts' {
            $rows = Import-Csv -LiteralPath $ExampleCsv | Where-Object -Property ConversationId -Match -Value '^[^0].{35}$'
            $text = { "$($_.FirstName) $($_.LastName)`n$($_.Street)" }
            $messages = $rows | Send-WixInboxMessage -Text $text -ThrottleLimit 16
            $expected = $rows | ForEach-Object -Process $text
            $messages | ForEach-Object -Process { $_.Content.Basic.Items[0].Text } | Should -BeExactly $expected
            $expected -match '\p{IsHebrew}|\p{IsArabic}' | Should -Not -BeNullOrEmpty
        }

        It 'says of a text that is too long how long it is, and not what it is' {
            Import-Csv -LiteralPath $ExampleCsv | Where-Object -FilterScript { $_.Note.Length -gt 16384 } |
                Send-WixInboxMessage -Text { $_.Note } -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failed | Should -HaveCount 1
            $failed[0].Exception.Message.Length | Should -BeLessThan 200
            $failed[0].Exception.Violations[0].Limit | Should -Be 16384
            $inbox.Requests | Should -HaveCount 0
        }

        It 'gives back rows that can be exported, put right and sent' {
            Connect-WixInbox -Sandbox
            $retry = Join-Path -Path $TestDrive -ChildPath retry.csv
            $null = Import-Csv -LiteralPath $ExampleCsv | Send-WixInboxMessage -Text { "Order $($_.Order). $($_.Note)" } -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.TargetObject | Export-Csv -LiteralPath $retry

            $rows = Import-Csv -LiteralPath $retry
            $rows | Should -HaveCount 3
            $rows[0].psobject.Properties.Name | Should -Be (Import-Csv -LiteralPath $ExampleCsv)[0].psobject.Properties.Name
            $messages = $rows | Send-WixInboxMessage -ConversationId $Conversation -Text { "Order $($_.Order)." }
            $messages.Content.PreviewText | Should -Be 'Order 10583.', 'Order 10689.', 'Order 10801.'
        }
    }

    Context 'what goes wrong' {
        It '<Status> <Code> is <ErrorId>' -ForEach @(
            @{ Status = 404; Code = 'CONVERSATION_NOT_FOUND'; ErrorId = 'ConversationNotFound'; Category = 'ObjectNotFound'; Outcome = 'Rejected' }
            @{ Status = 400; Code = 'INVALID_MEDIA_URL'; ErrorId = 'MediaUrlInvalid'; Category = 'InvalidData'; Outcome = 'Rejected' }
            @{ Status = 400; Code = 'INVALID_ARGUMENT'; ErrorId = 'RequestRefused'; Category = 'InvalidData'; Outcome = 'Rejected' }
            @{ Status = 500; Code = 'INTERNAL'; ErrorId = 'OutcomeUnknown'; Category = 'InvalidResult'; Outcome = 'Ambiguous' }
            @{ Status = 503; Code = 'UNAVAILABLE'; ErrorId = 'OutcomeUnknown'; Category = 'InvalidResult'; Outcome = 'Ambiguous' }
        ) {
            $inbox.Answer('name2', $Status, (New-WixError -Code $Code -Message 'So it is.'))
            $messages = New-Row -Number (1..3) | Send-WixInboxMessage -Text { $_.Name } -ReconcileWaitSec 0 -ErrorVariable failed -ErrorAction SilentlyContinue
            $messages.Content.PreviewText | Should -Be 'name1', 'name3'
            $failed | Should -HaveCount 1
            $failure = $failed[0]
            $failure.FullyQualifiedErrorId | Should -Be "$ErrorId,WixInbox.Commands.SendWixInboxMessageCommand"
            $failure.CategoryInfo.Category | Should -Be $Category
            $failure.TargetObject.Name | Should -Be 'name2'
            $failure.Exception | Should -BeOfType ([WixInbox.WixInboxException])
            $failure.Exception.Row | Should -Be 2
            $failure.Exception.StatusCode | Should -Be $Status
            $failure.Exception.Code | Should -Be $Code
            $failure.Exception.Outcome | Should -Be $Outcome
            $failure.Exception.Message | Should -BeLike '*So it is.*'
        }

        It '<Status> <Code> ends the run: no row could be sent' -ForEach @(
            @{ Status = 401; Code = 'UNAUTHENTICATED'; ErrorId = 'Unauthorized' }
            @{ Status = 403; Code = 'PERMISSION_DENIED'; ErrorId = 'PermissionDenied' }
            @{ Status = 404; Code = 'INBOX_INSTANCE_NOT_FOUND'; ErrorId = 'InboxNotFound' }
        ) {
            $inbox.Answer('name2', $Status, (New-WixError -Code $Code))
            $messages = [System.Collections.Generic.List[object]]::new()
            { New-Row -Number (1..20) | Send-WixInboxMessage -Text { $_.Name } -ThrottleLimit 1 | ForEach-Object -Process { $messages.Add($_) } } |
                Should -Throw -ErrorId "$ErrorId,WixInbox.Commands.SendWixInboxMessageCommand"
            $messages | Should -HaveCount 1
            $inbox.Sent | Should -HaveCount 2
            $inbox.InFlight | Should -Be 0
        }

        It 'says of a row without <What> which columns it has' -ForEach @(
            @{ What = 'a recipient'; Row = [pscustomobject]@{ Conversation = 'x'; Text = 'hi' }; ErrorId = 'RecipientMissing' }
            @{ What = 'content'; Row = [pscustomobject]@{ ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-2c1f5d1e8a10'; Note = 'hi' }; ErrorId = 'ContentMissing' }
        ) {
            $Row | Send-WixInboxMessage -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failed[0].FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
            $failed[0].Exception.Message | Should -BeLike "*$($Row.psobject.Properties.Name -join ', ')*"
            $inbox.Requests | Should -HaveCount 0
        }

        It 'can be caught with -ErrorAction Stop, with the row that it is about' {
            $caught = $null
            try {
                New-Row -Number 1 -ConversationId not-a-guid | Send-WixInboxMessage -Text hi -ErrorAction Stop
            }
            catch [WixInbox.WixInboxException] {
                $caught = $_
            }

            $caught.FullyQualifiedErrorId | Should -Be 'ConversationIdInvalid,WixInbox.Commands.SendWixInboxMessageCommand'
            $caught.TargetObject.Name | Should -Be 'name1'
            $caught.Exception.Message | Should -BeLike "*column ConversationId*'not-a-guid'*"
        }

        It 'is an error with an id where there is no connection' {
            Disconnect-WixInbox
            { Send-WixInboxMessage -Text hi -ConversationId $Conversation } | Should -Throw -ErrorId 'NotConnected,WixInbox.Commands.SendWixInboxMessageCommand' -ExpectedMessage '*Connect-WixInbox*'
        }

        It 'puts no secret into an error' {
            $inbox.Answer('name1', 500, (New-WixError -Code INTERNAL))
            $null = New-Row -Number 1 | Send-WixInboxMessage -Text { $_.Name } -ReconcileWaitSec 0 -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed | Should -HaveCount 1
            foreach ($shown in $failed[0], $failed[0].Exception, $failed[0].InvocationInfo) {
                $shown | Format-List -Property * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$Token*"
                $shown | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue | Should -Not -BeLike "*$Token*"
            }
        }
    }

    Context 'a pipeline that ends early' {
        It 'sends exactly <Count> with Select-Object -First <Count> and -ThrottleLimit 1' -ForEach @(
            @{ Count = 1 }
            @{ Count = 3 }
        ) {
            $script:pulled = 0
            $messages = New-Row -Number (1..50) | ForEach-Object -Process { $script:pulled++; $_ } | Send-WixInboxMessage -Text { $_.Name } -ThrottleLimit 1 | Select-Object -First $Count
            $messages | Should -HaveCount $Count
            $inbox.Sent | Should -HaveCount $Count
            $script:pulled | Should -BeLessOrEqual ($Count + 1)
        }

        It 'leaves nothing in flight after Select-Object -First' {
            $inbox.AnswerTogether(4)
            $inbox.Hold('name4')
            $messages = New-Row -Number (1..50) | Send-WixInboxMessage -Text { $_.Name } -ThrottleLimit 5 | Select-Object -First 1
            $messages.Content.PreviewText | Should -Be 'name1'
            $inbox.InFlight | Should -Be 0
        }

        It 'leaves nothing in flight after a break downstream' {
            $inbox.AnswerTogether(4)
            $inbox.Hold('name3')
            # Made beforehand: a loop upstream would take the break for its own.
            $rows = New-Row -Number (1..50)
            $seen = 0
            foreach ($once in 1) {
                $rows | Send-WixInboxMessage -Text { $_.Name } -ThrottleLimit 5 | ForEach-Object -Process { $seen++; break }
            }

            $seen | Should -Be 1
            $inbox.InFlight | Should -Be 0
        }

        It 'leaves nothing in flight after -ErrorAction Stop' {
            $inbox.Answer('name1"', 404, (New-WixError -Code CONVERSATION_NOT_FOUND))
            $inbox.AnswerTogether(4)
            $inbox.Hold('name3')
            { New-Row -Number (1..50) | Send-WixInboxMessage -Text { $_.Name } -ThrottleLimit 5 -ErrorAction Stop } | Should -Throw -ErrorId 'ConversationNotFound,*'
            $inbox.InFlight | Should -Be 0
        }
    }

    Context 'side by side' {
        It 'has as many on their way as -ThrottleLimit says' {
            # None is answered before eight are there.
            $inbox.AnswerTogether(8)
            New-Row -Number (1..16) | Send-WixInboxMessage -Text { $_.Name } -ThrottleLimit 8 | Should -HaveCount 16
        }

        It 'shares one connection between the runspaces of ForEach-Object -Parallel' {
            $connection = Get-WixInboxConnection
            $texts = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module -Name $using:ModuleManifest
                foreach ($n in 1..5) {
                    (Send-WixInboxMessage -Text "$_-$n" -ConversationId $using:Conversation -Connection $using:connection).Content.PreviewText
                }
            }
            $texts | Should -HaveCount 20
            $texts | Select-Object -Unique | Should -HaveCount 20
            $inbox.Sent | Should -HaveCount 20
        }

        It 'sends from a thread job, which gives the messages back as they are' {
            $connection = Get-WixInboxConnection
            $message = Start-ThreadJob -ScriptBlock {
                Import-Module -Name $using:ModuleManifest
                Send-WixInboxMessage -Text hi -ConversationId $using:Conversation -Connection $using:connection
            } | Receive-Job -Wait -AutoRemoveJob
            $message | Should -BeOfType ([WixInbox.Message])
            $inbox.Sent | Should -HaveCount 1
        }
    }

    Context '-WhatIf and -Confirm' {
        It 'sends nothing with -WhatIf' {
            New-Row -Number (1..2) | Send-WixInboxMessage -Text { $_.Name } -WhatIf | Should -BeNullOrEmpty
            $inbox.Requests | Should -HaveCount 0
        }

        It 'checks the rows with -WhatIf' {
            New-Row -Number 1 -ConversationId nonsense | Send-WixInboxMessage -Text hi -WhatIf -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'ConversationIdInvalid,*'
        }

        It 'shows recipient and preview with -WhatIf, without a connection and without a look at the environment''s secrets' {
            # Both of them: Connect-WixInbox would refuse to choose.
            $printed = Invoke-NewSession -Script @"
                `$env:WIX_API_KEY = 'a'
                `$env:WIX_ACCESS_TOKEN = 'b'
                Import-Module -Name '$ModuleManifest'
                [pscustomobject]@{ ContactId = '$Conversation' } | Send-WixInboxMessage -Text 'Hi there' -WhatIf
                `$null -eq (Get-WixInboxConnection)
"@
            $printed[0] | Should -Be "What if: Row 1: Send message `"Hi there`" to contact $Conversation"
            $printed[1] | Should -Be 'What if: Nobody is notified without -SendNotification.'
            $printed[2] | Should -Be 'What if: 1 of 1 row would be sent, with 3 requests: less than a minute at 200 a minute.'
            $printed[3] | Should -Be 'True'
        }

        It 'ends with what the file would cost' {
            $printed = Invoke-NewSession -Script "Import-Module -Name '$ModuleManifest'; Import-Csv -LiteralPath '$ExampleCsv' | Send-WixInboxMessage -Text hi -WhatIf -ErrorAction SilentlyContinue -WarningAction SilentlyContinue"
            $rows = Import-Csv -LiteralPath $ExampleCsv
            $sent = $rows | Send-WixInboxMessage -Text hi -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            # The first five rows, and the one that says the same to the same contact as an earlier one.
            @($printed -like 'What if: Row *') | Should -HaveCount 6
            @($printed -match '^Same message again +: 1 row ') | Should -HaveCount 1
            $printed[-1] | Should -Be "What if: $($sent.Count) of $($rows.Count) rows would be sent, with $($inbox.Requests.Count) requests: about 1 minute at 200 a minute."
        }

        It 'never signs in by itself' {
            Disconnect-WixInbox
            try {
                $env:WIX_ACCESS_TOKEN = $Token
                { Send-WixInboxMessage -Text hi -ConversationId $Conversation } | Should -Throw -ErrorId 'NotConnected,*'
            }
            finally {
                Clear-WixEnvironment
            }
        }

        It 'follows $WhatIfPreference' {
            $WhatIfPreference = $true
            Send-WixInboxMessage -Text hi -ConversationId $Conversation | Should -BeNullOrEmpty
            $inbox.Requests | Should -HaveCount 0
        }

        It 'asks nothing with -Confirm:$false where the preference would' {
            $ConfirmPreference = 'Low'
            Send-WixInboxMessage -Text hi -ConversationId $Conversation -Confirm:$false | Should -HaveCount 1
        }
    }

    Context 'how messages are shown' {
        BeforeAll {
            $null = Connect-MockInbox
            $shown = New-Row -Number (1..3) | Send-WixInboxMessage -ThrottleLimit 1 -Text { "$($_.Name): a first line`nand a second one that goes on for longer than there is room for in a table 🌻" }
        }

        It 'draws a table of 80 columns, one line a message' {
            $lines = ($shown | Format-Table | Out-String -Width 80).Trim() -replace '\e\[[\d;]*m' -split '\r?\n'
            $lines | Should -HaveCount 5
            $lines | ForEach-Object -Process { $_.Length | Should -BeLessOrEqual 80 }
            $lines[2] | Should -BeLike '1700000000000001 * name1: a first line and*'
        }

        It 'draws a table by itself' {
            $shown | Out-String -Width 80 | Should -Be ($shown | Format-Table | Out-String -Width 80)
        }

        It 'draws a list that says what the message is' {
            $list = ($shown[0] | Format-List | Out-String -Width 200) -replace '\e\[[\d;]*m'
            $list | Should -Match '(?m)^Kind\s+: Basic\r?$'
            $list | Should -Match '(?m)^Preview\s+: name1: a first line and a second one'
            $list | Should -Match '(?m)^Visibility\s+: BusinessAndParticipant\r?$'
        }
    }

    Context 'completion' {
        It 'offers every value of <Parameter>' -ForEach @(
            @{ Parameter = '-Visibility'; Expected = 'Business', 'BusinessAndParticipant' }
            @{ Parameter = '-Direction'; Expected = 'BusinessToParticipant', 'ParticipantToBusiness' }
            @{ Parameter = '-SendAs'; Expected = 'Caller', 'Participant' }
            @{ Parameter = '-TargetChannel'; Expected = 'Chat', 'Email', 'Facebook', 'Instagram', 'Sms', 'Whatsapp' }
            @{ Parameter = '-SourceChannel'; Expected = 'Chat', 'Email', 'Facebook', 'Instagram', 'Sms', 'Whatsapp' }
            @{ Parameter = '-Template -Orientation'; Expected = 'Landscape', 'Portrait' }
        ) {
            Get-CompletionText -Line "Send-WixInboxMessage $Parameter " | Sort-Object | Should -Be $Expected
        }

        It 'takes with -Template what fits a card, and nothing else' {
            { Send-WixInboxMessage -Template -Title Mug -FileUrl https://example.com/a.pdf -ConversationId $Conversation } | Should -Throw '*-FileUrl*'
            { Send-WixInboxMessage -Template -Title Mug -Field @{ Name = 'Size'; Value = 'L' } -ConversationId $Conversation } | Should -Throw '*-Field*'
        }

        It 'offers the variables that hold an open connection for -Connection' {
            $global:WixInboxTestOpen = Get-WixInboxConnection
            $global:WixInboxTestClosed = Connect-WixInbox -Sandbox -PassThru
            try {
                Disconnect-WixInbox -Connection $global:WixInboxTestClosed
                $offered = Get-CompletionText -Line 'Send-WixInboxMessage -Connection '
                $offered | Should -Contain '$WixInboxTestOpen'
                $offered | Should -Not -Contain '$WixInboxTestClosed'
                Get-CompletionText -Line 'Disconnect-WixInbox -Connection $WixInboxTestO' | Should -Be '$WixInboxTestOpen'
            }
            finally {
                Remove-Variable -Name WixInboxTestOpen, WixInboxTestClosed -Scope Global
            }
        }
    }

    Context 'mocked by someone who tests a script of their own' {
        BeforeAll {
            function Send-Reminder {
                param([object[]] $Contact)

                ($Contact | Send-WixInboxMessage -Text { "Hi $($_.Name)" }).Id
            }
        }

        It 'gives back what the mock makes' {
            Mock -CommandName Send-WixInboxMessage -MockWith { [WixInbox.Message]@{ Id = '1' } }
            Send-Reminder -Contact (New-Row -Number 1) | Should -Be '1'
            Should -Invoke -CommandName Send-WixInboxMessage -Times 1 -Exactly
            $inbox.Requests | Should -HaveCount 0
        }

        It 'tells the mock apart by what is bound' {
            Mock -CommandName Send-WixInboxMessage -MockWith { [WixInbox.Message]@{ Id = 'other' } }
            Mock -CommandName Send-WixInboxMessage -MockWith { [WixInbox.Message]@{ Id = 'one' } } -ParameterFilter { $InputObject.ConversationId -like '*000000000001' }
            New-Row -Number (1..2) | ForEach-Object -Process { Send-Reminder -Contact $_ } | Should -Be 'one', 'other'
        }
    }
}
