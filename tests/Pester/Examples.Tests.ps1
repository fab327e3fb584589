BeforeDiscovery {
    $examples = @(
        @{ Name = 'send-by-email'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'send-card'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'send-picture'; Messages = 5; Errors = 'ContactNotFound' }
        @{ Name = 'report-form'; Messages = 1; Errors = $null }
        @{ Name = 'several-sites'; Messages = 4; Errors = 'ConnectionNotFound' }
    )
    $scripts = (Get-ChildItem -Path "$PSScriptRoot/../../module/examples/*.ps1").BaseName
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'The examples' {
    It 'has help for <_>' -ForEach $scripts {
        $help = Get-Help -Name "$(Split-Path -Path $ModuleManifest)/examples/$_.ps1"
        $help.Synopsis | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
    }

    AfterEach {
        Get-WixInboxConnection | Disconnect-WixInbox
    }

    It 'runs <Name> in the sandbox' -ForEach $examples {
        Connect-WixInbox -Sandbox
        $failed = $null
        $sent = & "$(Split-Path -Path $ModuleManifest)/examples/$Name.ps1" -ErrorVariable failed -ErrorAction SilentlyContinue
        @($sent).Count | Should -Be $Messages
        @($failed | ForEach-Object { $_.FullyQualifiedErrorId -replace ',.*' } | Select-Object -Unique) |
            Should -Be @($Errors | Where-Object { $_ })
    }

    It 'runs read-answers, which reads what the people of the file wrote, and answers each once' {
        Get-WixInboxConnection | Disconnect-WixInbox
        $script = "$(Split-Path -Path $ModuleManifest)/examples/read-answers.ps1"
        $answers = @(& $script -Reply 'Thank you.' -ErrorAction SilentlyContinue)
        $answers.Email | Should -Be 'ada@example.com', 'grace@example.com', 'linus@example.com', 'margaret@example.com'
        $answers[1].Message | Should -Be 'Is the plan Starter for a year?'
        $chat = @(Get-WixInboxMessage -ConversationId $answers[1].ConversationId)
        $chat.Direction | Should -Be 'BusinessToParticipant', 'ParticipantToBusiness'
        $chat[0].Content.Basic.Items.Text | Should -Be 'Thank you.'
        @(& $script -Reply 'Thank you.' -ErrorAction SilentlyContinue) | Should -HaveCount 4
        @(Get-WixInboxMessage -ConversationId $answers[1].ConversationId) | Should -HaveCount 2
        @(& $script -After (Get-Date).AddHours(1) -ErrorAction SilentlyContinue) | Should -HaveCount 0
    }
}

# The script of about_WixInbox_BulkSend, as a scheduler sees it.
Describe 'A script that nobody watches' {
    BeforeAll {
        $page = Get-Content -LiteralPath "$PSScriptRoot/../../docs/help/about_WixInbox_BulkSend.md" -Raw
        $page -match '(?s)```powershell\r?\n(# nightly\.ps1.*?)```' | Should -BeTrue
        $nightly = $Matches[1]

        function Invoke-Nightly {
            param([string] $Folder, [string] $Sandbox = ' -Sandbox')

            $import = "Import-Module -Name '$ModuleManifest'"
            $script = $nightly -replace '(?m)^Connect-WixInbox ', "$import`nConnect-WixInbox$Sandbox "
            Set-Content -LiteralPath "$Folder/nightly.ps1" -Value $script
            $program = (Get-Process -Id $PID).Path
            $assembly = if ((Split-Path -Path $program -LeafBase) -eq 'dotnet') { "$PSHOME/pwsh.dll" }
            $assembly = @($assembly | Where-Object { $_ })
            $said = & $program @assembly -NoProfile -NonInteractive -File "$Folder/nightly.ps1" 2>&1
            @{ ExitCode = $LASTEXITCODE; Said = "$said" -replace '\e\[[0-9;]*m' -replace '\s*\|?\s+', ' ' }
        }
    }

    BeforeEach {
        Clear-WixEnvironment
        $folder = New-Item -ItemType Directory -Path "$TestDrive/$(New-Guid)"
        'Email,FirstName', 'ada@example.com,Ada', 'grace@example.com,Grace' |
            Set-Content -LiteralPath "$folder/people.csv"
    }

    It 'ends with 0 if each row was sent, and again if nothing is left to do' {
        (Invoke-Nightly $folder).ExitCode | Should -Be 0
        (Import-Csv -LiteralPath "$folder/sent.csv").State | Should -Be 'Sent', 'Sent'
        (Invoke-Nightly $folder).ExitCode | Should -Be 0
        (Import-Csv -LiteralPath "$folder/sent.csv").State | Should -Be 'AlreadySent', 'AlreadySent'
    }

    It 'ends with 1 if a row fails, and the others are sent' {
        Add-Content -LiteralPath "$folder/people.csv" -Value 'bad,Bad', 'linus@example.com,Linus'
        (Invoke-Nightly $folder).ExitCode | Should -Be 1
        (Import-Csv -LiteralPath "$folder/sent.csv").State | Should -Be 'Sent', 'Sent', 'Failed', 'Sent'
    }

    It 'ends with 1 if the file is not there' {
        Remove-Item -LiteralPath "$folder/people.csv"
        $ended = Invoke-Nightly $folder
        $ended.ExitCode | Should -Be 1
        $ended.Said | Should -BeLike '*There is no file *'
    }

    It 'ends with 1 if there is no key' {
        $ended = Invoke-Nightly $folder -Sandbox ''
        $ended.ExitCode | Should -Be 1
        $ended.Said | Should -BeLike '*There is nothing to sign in with.*'
    }
}
