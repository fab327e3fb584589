BeforeDiscovery {
    $names = 'message', 'card', 'picture', 'thread', 'contact', 'test', 'violation', 'counts', 'entry', 'summary', 'connection'
}

# Lists, and tables of a width that is asked for. Tables on screens of three widths are in the engine's tests.
Describe 'What is shown of <_>' -ForEach $names {
    BeforeAll {
        . "$PSScriptRoot/common.ps1"
        $family = '👩‍👩‍👧'
        $hostile = "`e[31mred`e]0;title`a$([char] 0x9B)2J`r`nnext $([char] 0x202E)txt.exe$([char] 0x202C) a$([char] 0x200B)b " + $family * 40 + ' ' + [string]::new([char] 0x6F22, 90) + ' שלום end'
        $who = @{ MemberId = $Conversation; ContactId = $Conversation }

        Connect-WixInbox -Sandbox
        $message = [WixInbox.Message]@{ Id = '1'; ConversationId = $Conversation; CreatedDate = '2026-01-02T03:04:05Z'; Sender = $who; Badges = @(@{ Text = $hostile }); Content = @{ Basic = @{ Items = @(@{ Text = $hostile }) } } }
        $card = [WixInbox.TemplateContent]@{ Title = $hostile; TextLines = @($hostile); Buttons = @(@{ Label = $hostile }) }
        $picture = [WixInbox.MediaFile]@{ Id = 'f1'; DisplayName = $hostile; OperationStatus = 'Pending'; MediaType = 'Document'; MimeType = 'image/png'; SizeInBytes = 1234567890; Width = 12000; Height = 12000; Url = $hostile; Path = $hostile }
        $thread = [WixInbox.Conversation]@{ Id = $Conversation; Participant = $who; ParticipantDisplayData = @{ Name = $hostile }; BusinessDisplayData = @{ Name = $hostile } }
        $contact = [WixInbox.Contact]@{ Id = $Conversation }
        $test = [pscustomobject]@{ ConversationId = $hostile; Text = $hostile } | Test-WixInboxMessage
        $violation = $test.Violations[0]
        $null = [pscustomobject]@{ ConversationId = $Conversation; Text = 'x'; Order = $hostile.Replace($family, '').Substring(0, 60) } | Send-WixInboxMessage -Journal "$TestDrive/run.jsonl" -KeyProperty Order -InformationVariable ended
        $counts = $ended.MessageData
        $entry = Get-WixInboxJournal -Path "$TestDrive/run.jsonl"
        $summary = Get-WixInboxJournal -Path "$TestDrive/run.jsonl" -Summary
        $connection = Get-WixInboxConnection
        $shown = Get-Variable -Name $_ -ValueOnly
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($shown, 1))

        function Get-Line {
            param($Text)

            $Text -replace '\e\[(32;1|0|32;1;3)m' -split '\r?\n' | Where-Object { $_ }
        }
    }

    AfterAll {
        Disconnect-WixInbox
    }

    It 'is a list that has each thing once, and nothing for the terminal' {
        $lines = Get-Line ($shown | Format-List | Out-String)
        $labels = $lines | ForEach-Object -Process { if ($_ -match '^(\w+) +:') { $Matches[1] } }
        $labels | Should -Not -BeNullOrEmpty
        $labels | Sort-Object -Unique | Should -HaveCount @($labels).Count
        $lines -match '[\p{Cc}\u200B\u202A-\u202E]' | Should -BeNullOrEmpty
        ($lines -join '') -replace [regex]::Escape($family) | Should -Not -Match '[\uD800-\uDFFF\u200D]'
        $lines -match 'WixInbox\.' | Should -BeNullOrEmpty
    }

    It 'is a table as wide as is asked for' -Skip:($_ -in 'card', 'counts', 'summary') {
        foreach ($width in 60, 80, 120) {
            foreach ($line in Get-Line ($shown | Format-Table | Out-String -Width $width)) {
                # A wide character takes two cells.
                $line.Length + ($line.ToCharArray() -eq [char] 0x6F22).Count | Should -BeLessOrEqual $width
                $line | Should -Not -Match '[\p{Cc}\u200B\u202A-\u202E]'
            }
        }
    }

    It 'is the same for what a job or a file gives back' {
        $copy.PSTypeNames[0] | Should -BeLike 'Deserialized.WixInbox.*'
        Get-Line ($copy | Format-List | Out-String) | Should -Be (Get-Line ($shown | Format-List | Out-String))
        Get-Line ($copy | Out-String) | Should -Be (Get-Line ($shown | Out-String))
    }
}
