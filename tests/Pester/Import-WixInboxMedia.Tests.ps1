BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $Picture = "$(Split-Path -Path $ModuleManifest)/examples/opening.png"
}

Describe 'Import-WixInboxMedia' {
    BeforeEach {
        Connect-WixInbox -Sandbox
        Push-Location -Path $TestDrive
        Copy-Item -LiteralPath $Picture -Destination a.png
        Set-Content -LiteralPath 'b[1].txt' -Value 'some text'
    }

    AfterEach {
        Pop-Location
        Get-ChildItem -LiteralPath $TestDrive | Remove-Item -Recurse
        Disconnect-WixInbox
    }

    It 'gives a file that is ready, and shows it in a line' {
        $file = Import-WixInboxMedia a.png
        $file | Should -BeOfType ([WixInbox.MediaFile])
        $file.OperationStatus | Should -Be Ready
        $file.MediaType | Should -Be Image
        $file.Width, $file.Height | Should -Be 480, 270
        $file.SizeInBytes | Should -Be (Get-Item -LiteralPath a.png).Length
        $file | Format-Table | Out-String -Width 120 | Should -BeLike '*Status*Type*Bytes*Pixels*DisplayName*Ready*Image*480x270*a.png*'
        $file | Format-List | Out-String | Should -BeLike '*MimeType*: image/png*Path*: *a.png*'
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'wildcards'; Script = { Import-WixInboxMedia *.png, b* }; Count = 2 }
        @{ Name = 'what Get-ChildItem gives'; Script = { Get-ChildItem | Import-WixInboxMedia }; Count = 2 }
        @{ Name = 'a name with brackets as it is'; Script = { Import-WixInboxMedia -LiteralPath 'b[1].txt' }; Count = 1 }
        @{ Name = 'names from the pipeline'; Script = { 'a.png', 'b*' | Import-WixInboxMedia }; Count = 2 }
        @{ Name = 'a column'; Script = { "Path`na.png" | ConvertFrom-Csv | Import-WixInboxMedia }; Count = 1 }
        @{ Name = 'addresses'; Script = { "Url,DisplayName`nhttps://example.com/1,x.png`nhttps://example.com/2.png," | ConvertFrom-Csv | Import-WixInboxMedia }; Count = 2 }
    ) {
        $files = & $Script
        $files | Should -HaveCount $Count
        $files.OperationStatus | Should -Be (@('Ready') * $Count)
    }

    It 'gives an error for each that it cannot take' {
        $null = New-Item -ItemType File -Name empty.png
        $null = Import-WixInboxMedia none.png, empty.png -ErrorVariable failed -ErrorAction SilentlyContinue
        $null = Import-WixInboxMedia -Url https://example.com/fail -ErrorVariable +failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'FileNotFound', 'FileEmpty', 'MediaFailed'
        $failed[0].TargetObject | Should -Be (Join-Path -Path $TestDrive -ChildPath none.png)
    }

    It 'uploads nothing with -WhatIf' {
        Disconnect-WixInbox
        Import-WixInboxMedia a.png -WhatIf | Should -BeNullOrEmpty
    }

    It 'gives what -Image and -File take' {
        $files = Import-WixInboxMedia a.png, 'b`[1`].txt'
        $sent = Send-WixInboxMessage -ConversationId $Conversation -Text Hi -Image $files[0] -File $files[1]
        $items = $sent.Content.Basic.Items
        $items[1].Image.Id, $items[1].Image.Width | Should -Be $files[0].Id, 480
        $items[2].File.Id, $items[2].File.Filename, $items[2].File.MimeType | Should -Be $files[1].Id, 'b[1].txt', 'text/plain'
    }
}

Describe 'Files of this machine in messages' {
    BeforeEach {
        Connect-WixInbox -Sandbox
        Copy-Item -LiteralPath $Picture -Destination "$TestDrive/a.png"
        Set-Content -LiteralPath "$TestDrive/b.txt" -Value 'some text'
        Push-Location -Path $TestDrive
    }

    AfterEach {
        Pop-Location
        Disconnect-WixInbox
    }

    It 'come from the columns of a CSV, relative to the location' {
        $rows = @"
ConversationId,Text,Image Path,file_path
$Conversation,one,a.png,
$Conversation,two,./a.png,b.txt
$Conversation,three,,none.txt
"@ | ConvertFrom-Csv
        $sent = $rows | Send-WixInboxMessage -ErrorVariable failed -ErrorAction SilentlyContinue
        $sent | Should -HaveCount 2
        $sent[0].Content.Basic.Items[1].Image.Id | Should -Be $sent[1].Content.Basic.Items[1].Image.Id
        $sent[1].Content.Basic.Items[2].File.Filename | Should -Be b.txt
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $failed[0].ToString() | Should -BeLike "Row 3: column file_path: There is no file '*none.txt'. Nothing was sent."
    }

    It 'are checked by Test-WixInboxMessage' {
        $tests = 'a.png', 'b.txt', 'none.png' | ForEach-Object -Process { [pscustomobject]@{ ConversationId = $Conversation; ImagePath = $_ } } | Test-WixInboxMessage
        $tests.Valid | Should -Be $true, $false, $false
        $tests.Violations.Rule | Should -Be 'ImageTypeUnknown', 'FileNotFound'
        $tests.Violations.Column | Should -Be 'ImagePath', 'ImagePath'
    }
}
