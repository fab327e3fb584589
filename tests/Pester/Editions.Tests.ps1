# What holds on PowerShell 7 and on Windows PowerShell alike. This file alone runs on both, so it does without
# common.ps1.

BeforeAll {
    $ModuleManifest = [IO.Path]::GetFullPath($(if ($env:WIXINBOX_MANIFEST) { $env:WIXINBOX_MANIFEST } else { "$PSScriptRoot/../../out/WixInbox/WixInbox.psd1" }))
    $ModuleFolder = Split-Path -Path $ModuleManifest
    $Edition = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
    $ExampleCsv = "$ModuleFolder/examples/contacts.csv"
    Get-Module -Name WixInbox | Remove-Module
    Import-Module -Name $ModuleManifest
}

AfterAll {
    Remove-Module -Name WixInbox
}

Describe 'On this edition of PowerShell, the module' {
    BeforeEach {
        Connect-WixInbox -Sandbox
    }

    It 'loads the assemblies of its folder' {
        $folder = [IO.Path]::GetFullPath("$ModuleFolder/bin/$Edition")
        $ours = [AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object -FilterScript { $_.GetName().Name -like 'WixInbox.*' }
        $ours | Should -Not -BeNullOrEmpty
        $ours | ForEach-Object -Process { Split-Path -Path $_.Location } | Select-Object -Unique | Should -Be $folder
    }

    It 'sends the example file in the sandbox' {
        $failed = $null
        $messages = Import-Csv -LiteralPath $ExampleCsv -Encoding utf8 |
            Send-WixInboxMessage -Text { "Hi $($_.FirstName)!" } -ErrorVariable failed -ErrorAction SilentlyContinue
        @($messages).Count + @($failed).Count | Should -Be @(Import-Csv -LiteralPath $ExampleCsv -Encoding utf8).Count
        @($failed).Count | Should -BeGreaterThan 0
        ($messages | Select-Object -First 1).Delivery | Should -Be 'Sent'
    }

    It 'keeps what is not ASCII' {
        $text = 'Gr' + [char]0xFC + [char]0xDF + 'e ' + [char]::ConvertFromUtf32(0x1F33B)
        $conversation = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'
        $null = Send-WixInboxMessage -ConversationId $conversation -Text $text
        (Get-WixInboxMessage -ConversationId $conversation -First 1).Content.Basic.Items.Text | Should -BeExactly $text
    }

    It 'goes on with a run by its journal' {
        $journal = Join-Path -Path $TestDrive -ChildPath 'run.jsonl'
        $rows = 1..6 |
            ForEach-Object -Process { [pscustomobject]@{ ConversationId = '0d4fc8ac-52c1-4a8e-9e6f-{0:d12}' -f $_ } }
        @($rows | Select-Object -First 4 | Send-WixInboxMessage -Text hi -Journal $journal).Count | Should -Be 4
        @($rows | Send-WixInboxMessage -Text hi -Journal $journal).Count | Should -Be 2
        (Get-WixInboxJournal -Path $journal -Summary).Sent | Should -Be 6
    }

    It 'is removed and imported again' {
        Remove-Module -Name WixInbox
        Get-Module -Name WixInbox* | Should -BeNullOrEmpty
        Get-Command -Name *-WixInbox* -ListImported -ErrorAction Ignore | Should -BeNullOrEmpty
        Import-Module -Name $ModuleManifest
        Connect-WixInbox -Sandbox
        (Send-WixInboxMessage -ConversationId '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c' -Text again).Delivery |
            Should -Be 'Sent'
    }
}

Describe 'On Windows PowerShell, the module' -Skip:($PSEdition -eq 'Core') {
    It 'brings its own System.Text.Json' {
        $json = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object -FilterScript {
            $_.GetName().Name -eq 'System.Text.Json' -and
                (Split-Path -Path $_.Location) -eq [IO.Path]::GetFullPath("$ModuleFolder/bin/net472")
        }
        $json | Should -Not -BeNullOrEmpty
    }

    It 'leaves the choices of the session as they are' {
        $before = [Net.ServicePointManager]::SecurityProtocol, [Net.ServicePointManager]::DefaultConnectionLimit,
            [Net.ServicePointManager]::Expect100Continue
        Connect-WixInbox -AccessToken (ConvertTo-SecureString -String 'none' -AsPlainText -Force)
        [Net.ServicePointManager]::SecurityProtocol, [Net.ServicePointManager]::DefaultConnectionLimit,
            [Net.ServicePointManager]::Expect100Continue | Should -Be $before
        Disconnect-WixInbox
    }
}
