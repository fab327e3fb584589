BeforeDiscovery {
    . "$PSScriptRoot/common.ps1"
    $commands = (Get-Command -Module WixInbox).Name
    $examples = foreach ($command in $commands) {
        $number = 0
        foreach ($example in (Get-Help -Name $command).examples.example) {
            @{ Command = $command; Title = $example.title.Trim('- '); Code = $example.code; Number = ++$number }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/common.ps1"
    $pages = [IO.Path]::GetFullPath("$PSScriptRoot/../../docs/help")
}

Describe 'The help of <_>' -ForEach $commands {
    BeforeAll {
        $command = $_
        $help = Get-Help -Name $command -Full
    }

    It 'shows each example of its page' {
        $titles = Select-String -Path "$pages/$command.md" -Pattern '^### (Example \d+: .+)$' |
            ForEach-Object { $_.Matches[0].Groups[1].Value }
        $titles.Count | Should -BeGreaterOrEqual 3
        @($help.examples.example.title | ForEach-Object { $_.Trim('- ') }) | Should -Be @($titles)
        $shown = Get-Help -Name $command -Examples | Out-String -Width 200
        foreach ($title in $titles) {
            $shown | Should -MatchExactly ([regex]::Escape($title))
        }
    }

    It 'shows each parameter by its name' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        foreach ($parameter in (Get-Command -Name $command).Parameters.Values | Where-Object -Property Name -NotIn -Value $common) {
            $found = Get-Help -Name $command -Parameter $parameter.Name
            @($found).Count | Should -Be 1 -Because $parameter.Name
            ($found.description.Text -join '') | Should -Not -BeNullOrEmpty -Because $parameter.Name
            foreach ($alias in $parameter.Aliases) {
                $found.aliases -split ', ' | Should -Contain $alias
            }
        }
    }
}

# In one session and one folder, as somebody pastes one after the other.
Describe 'The examples of all pages' {
    BeforeAll {
        $folder = "$TestDrive/examples"
        Copy-Item -Path (Split-Path -Path $ExampleCsv) -Destination $folder -Recurse
        Clear-WixEnvironment
        $env:WIX_API_KEY = 'key-of-the-tests'

        # The example's other runspaces find the module where an installed one would be.
        $path = $env:PSModulePath
        $env:PSModulePath = [IO.Path]::GetFullPath("$ModuleManifest/../..") + [IO.Path]::PathSeparator + $path
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
            param($Manifest, $Folder, $Secret)

            Import-Module -Name $Manifest
            Set-Location -LiteralPath $Folder

            # What asks a person or a vault.
            function Read-Host { $Secret }
            function Get-Secret { $Secret }
        }).AddArgument($ModuleManifest).AddArgument($folder).AddArgument(
            (ConvertTo-Secret 'secret-of-the-tests')).Invoke()
    }

    AfterAll {
        $shell.Dispose()
        $env:PSModulePath = $path
        Clear-WixEnvironment
    }

    It 'runs <Command>, <Title>, and what fails is a row of the file' -ForEach $examples {
        $shell.Commands.Clear()
        $null = $shell.AddScript({
            Get-WixInboxConnection | Disconnect-WixInbox
            Connect-WixInbox -Sandbox
            $global:Error.Clear()
        }).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript($Code).Invoke()

        # Those that a command keeps to itself stand in $Error as well.
        foreach ($record in $shell.Runspace.SessionStateProxy.GetVariable('Error')) {
            $record | Should -BeOfType ([System.Management.Automation.ErrorRecord])
            $record.Exception | Should -BeOfType ([WixInbox.WixInboxException]) -Because "$record"
            "$($record.Exception.Outcome)" | Should -Be 'Rejected' -Because "$record"
            $record.Exception.Row | Should -Not -BeNullOrEmpty -Because "$record"
        }
    }
}
