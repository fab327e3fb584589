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

    Context 'a CSV' {
        It 'sends the shipped contacts and names those that cannot be sent' {
            Connect-WixInbox -Sandbox
            $messages = Import-Csv -LiteralPath $ExampleCsv |
                Send-WixInboxMessage -Text { "Order $($_.Order). $($_.Note)" } -ErrorVariable failed -ErrorAction SilentlyContinue
            $messages | Should -HaveCount 197
            $failed.FullyQualifiedErrorId -replace ',.*' |
                Should -Be 'RecipientMissing', 'TextTooLong', 'ConversationNotFound'
            $failed.Exception.Row | Should -Be 61, 97, 134
            $failed.CategoryInfo.Category | Should -Be 'InvalidData', 'InvalidData', 'ObjectNotFound'
            $failed.TargetObject.Order | Should -Be 10583, 10689, 10801
        }

        It 'keeps the order of the rows, and their line breaks, accents, emoji and scripts' {
            $rows = Import-Csv -LiteralPath $ExampleCsv |
                Where-Object -Property ConversationId -Match -Value '^[^0].{35}$'
            $text = { "$($_.FirstName) $($_.LastName)`n$($_.Street)" }
            $messages = $rows | Send-WixInboxMessage -Text $text -ThrottleLimit 16
            $expected = $rows | ForEach-Object -Process $text
            $messages | ForEach-Object -Process { $_.Content.Basic.Items[0].Text } | Should -BeExactly $expected
            $expected -match '\p{IsHebrew}|\p{IsArabic}' | Should -Not -BeNullOrEmpty
        }

        It 'gives back rows that can be exported, put right and sent' {
            Connect-WixInbox -Sandbox
            $retry = Join-Path -Path $TestDrive -ChildPath retry.csv
            $null = Import-Csv -LiteralPath $ExampleCsv |
                Send-WixInboxMessage -Text { "Order $($_.Order). $($_.Note)" } -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.TargetObject | Export-Csv -LiteralPath $retry

            $rows = Import-Csv -LiteralPath $retry
            $rows | Should -HaveCount 3
            $rows[0].psobject.Properties.Name |
                Should -Be (Import-Csv -LiteralPath $ExampleCsv)[0].psobject.Properties.Name
            $messages = $rows | Send-WixInboxMessage -ConversationId $Conversation -Text { "Order $($_.Order)." }
            $messages.Content.PreviewText | Should -Be 'Order 10583.', 'Order 10689.', 'Order 10801.'
        }
    }

    Context 'a result file that gets longer than is allowed' {
        It 'says so once, is whole as far as it goes, and loses no row' -Skip:(-not $IsLinux) {
            # The second half of the rows does not fit, and .NET calls that an argument out of range.
            $file = "$TestDrive/sent.csv"
            Set-Content -LiteralPath "$TestDrive/limited.ps1" -Value @"
                `$ProgressPreference = 'SilentlyContinue'
                Import-Module -Name '$ModuleManifest'
                Connect-WixInbox -Sandbox
                `$rows = 1..60 | ForEach-Object {
                    [pscustomobject]@{ ConversationId = New-Guid; Text = "x `$_"; Note = 'y' * 1000 }
                }
                `$sent = `$rows | Send-WixInboxMessage -ResultPath '$file' -ErrorVariable failed 2>`$null
                "`$(`$sent.Count) `$(`$failed.FullyQualifiedErrorId)"
"@
            $program = @((Get-Process -Id $PID).Path)
            if ((Split-Path -Path $program[0] -LeafBase) -eq 'dotnet') {
                $program += "$PSHOME/pwsh.dll"
            }

            $line = 'trap "" XFSZ; ulimit -f 32; export DOTNET_EnableWriteXorExecute=0; exec "$@"'
            $said = bash -c $line limited @program -NoProfile -NonInteractive -File "$TestDrive/limited.ps1"
            $said | Select-Object -Last 1 |
                Should -Be '60 ResultUnwritable,WixInbox.Commands.SendWixInboxMessageCommand'
            $rows = @(Import-Csv -LiteralPath $file)
            $rows.Count | Should -BeGreaterThan 20
            $rows.Row | Should -Be (1..$rows.Count)
            $rows.State | Select-Object -Unique | Should -Be 'Sent'
            (Get-Content -LiteralPath $file -Raw).EndsWith("`"`r`n") | Should -BeTrue
        }
    }

    Context 'side by side' {
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
        It 'ends with what the file would cost' {
            $printed = Invoke-NewSession -Script "Import-Module -Name '$ModuleManifest'; Import-Csv -LiteralPath '$ExampleCsv' | Send-WixInboxMessage -Text hi -WhatIf -ErrorAction SilentlyContinue -WarningAction SilentlyContinue"
            $rows = Import-Csv -LiteralPath $ExampleCsv
            $sent = $rows | Send-WixInboxMessage -Text hi -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            # The first five rows, and the one that says the same to the same contact as an earlier one.
            @($printed -like 'What if: Row *') | Should -HaveCount 6
            @($printed -match '^Same message again +: 1 row ') | Should -HaveCount 1
            # On a busy machine, a look-up does not wait for as many rows as it could take. How many requests a run
            # makes at least does not depend on that: with 50 of a kind in each.
            $lookUps = $inbox.Requests | Where-Object -Property Path -EQ -Value '/contacts/v5/contacts/query'
            $full = $lookUps |
                ForEach-Object -Process { ($_.Body | ConvertFrom-Json).query.filter.PSObject.Properties } |
                Group-Object -Property Name |
                ForEach-Object -Process { [Math]::Ceiling($_.Group.Value.'$in'.Count / 50) } |
                Measure-Object -Sum
            $requests = $inbox.Requests.Count - @($lookUps).Count + $full.Sum
            $would = "$($sent.Count) of $($rows.Count) rows would be sent, with $requests requests"
            $printed[-1] | Should -Be "What if: ${would}: about 1 minute at 200 a minute."
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
            Mock -CommandName Send-WixInboxMessage -MockWith { [WixInbox.Message]@{ Id = 'one' } } -ParameterFilter {
                $InputObject.ConversationId -like '*000000000001'
            }
            New-Row -Number (1..2) | ForEach-Object -Process { Send-Reminder -Contact $_ } | Should -Be 'one', 'other'
        }
    }
}
