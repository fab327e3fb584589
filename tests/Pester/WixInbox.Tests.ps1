BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $ModuleFolder = Split-Path -Path $ModuleManifest
}

Describe 'The module' {
    It 'has a manifest without a fault' {
        $manifest = Test-ModuleManifest -Path $ModuleManifest -ErrorAction Stop -WarningAction Stop
        $manifest.Name | Should -Be 'WixInbox'
        $manifest.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
        $manifest.Description | Should -Not -BeNullOrEmpty
    }

    It 'is found by name, and loads by itself, where it is in the module path' {
        $path = [IO.Path]::GetFullPath("$ModuleFolder/..")
        Invoke-NewSession -Script @"
            `$env:PSModulePath = '$path' + [IO.Path]::PathSeparator + `$env:PSModulePath
            Send-WixInboxMessage -Text hi -ConversationId $Conversation -WhatIf 6>`$null
            (Get-Module -Name WixInbox).Path
"@ | Select-Object -Last 1 | Should -Be ([IO.Path]::GetFullPath("$ModuleFolder/bin/net8.0/WixInbox.PowerShell.dll"))
    }

    It 'is not imported where the session has another version of its assembly' {
        # Add-Type compiles as well, but gives the assembly a name of its own.
        $printed = Invoke-NewSession -Script @"
            Add-Type -AssemblyName Microsoft.CodeAnalysis.CSharp
            `$code = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText('[assembly: System.Reflection.AssemblyVersion("0.0.0.1")] namespace WixInbox { public class WixInboxConnection { } }')
            `$options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new('DynamicallyLinkedLibrary')
            `$core = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
            `$compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create('WixInbox.PowerShell', [Microsoft.CodeAnalysis.SyntaxTree[]] `$code, [Microsoft.CodeAnalysis.MetadataReference[]] `$core, `$options)
            `$null = [Microsoft.CodeAnalysis.FileSystemExtensions]::Emit(`$compilation, '$TestDrive/WixInbox.PowerShell.dll')
            Add-Type -LiteralPath '$TestDrive/WixInbox.PowerShell.dll'
            `$ErrorActionPreference = 'Continue'
            try { Import-Module -Name '$ModuleManifest' } catch { "`$_" }
            `$null -eq (Get-Module -Name WixInbox)
"@
        $printed[0] | Should -BeLike '*Assembly with same name is already loaded*'
        $printed[1] | Should -Be 'True'
    }

    It 'works under strict mode, without a profile' {
        Invoke-NewSession -Script "Set-StrictMode -Version Latest; Import-Module '$ModuleManifest'; Connect-WixInbox -Sandbox; Send-WixInboxMessage hi -ConversationId $Conversation | Out-String" |
            Should -Not -BeNullOrEmpty
    }
}

Describe 'The example' {
    BeforeEach {
        Disconnect-WixInbox
    }

    AfterEach {
        Disconnect-WixInbox
        Remove-Variable -Name failed -Scope Global -ErrorAction Ignore
    }

    It 'rehearses in the sandbox where there is no connection, under strict mode' {
        Set-StrictMode -Version Latest
        $messages = & $ExampleScript 2>$null
        (Get-WixInboxConnection).Sandbox | Should -BeTrue
        $messages | Should -HaveCount 197
        $messages | ForEach-Object -Process { $_ | Should -BeOfType ([WixInbox.Message]) }
        $global:failed | Should -HaveCount 3
    }

    It 'uses the connection that is there' {
        $inbox = Connect-MockInbox
        $messages = & $ExampleScript 2>$null
        # The all-zero conversation is one to the mocked inbox; a row that breaks a rule never gets there.
        $messages | Should -HaveCount 198
        $inbox.Sent | Should -HaveCount 198
    }

    It 'greets a contact without a name' {
        $inbox = Connect-MockInbox
        $null = & $ExampleScript 2>$null
        $texts = Get-SentText -Inbox $inbox
        @($texts -cmatch '^Hello, order \d+ is on its way\.') | Should -HaveCount 2
        @($texts -match '^Hi\s*,') | Should -HaveCount 0
        $texts | Should -Contain 'Hi Priya, order 10493 is on its way.'
    }

    It 'rehearses with -WhatIf' {
        $printed = Invoke-NewSession -Script "& '$ExampleScript' -WhatIf 2>`$null"
        # Of a long file the first rows, and none that is odd.
        @($printed -like 'What if: Row *') | Should -HaveCount 5
        @($printed -match '^Gaps in the text +: none$') | Should -HaveCount 1
        $printed | Should -Contain '0 messages sent to the sandbox, which delivers them to nobody. 2 rows failed.'
    }

    It 'ends where there is no file' {
        Connect-WixInbox -Sandbox
        { & $ExampleScript -Path "$TestDrive/none.csv" } | Should -Throw -ErrorId 'FileOpenFailure,*'
    }
}
