# The package, installed as a user does it. It runs on Windows PowerShell too, so it does without common.ps1.

BeforeAll {
    $Package = if ($env:WIXINBOX_PACKAGE) {
        $env:WIXINBOX_PACKAGE
    } else {
        (
            Get-ChildItem -Path "$PSScriptRoot/../../out/WixInbox.*.nupkg" -ErrorAction Ignore | Select-Object -First 1
        ).FullName
    }

    # In a session of its own, whose modules and repositories are elsewhere: a user's own stay as they are. On Windows
    # they cannot be moved.
    function Invoke-Installation {
        param([string] $Script)

        $before = $env:XDG_DATA_HOME
        $env:XDG_DATA_HOME = Join-Path -Path $TestDrive -ChildPath 'data'
        try {
            $null = New-Item -ItemType Directory -Path $env:XDG_DATA_HOME -Force
            $program = (Get-Process -Id $PID).Path
            # As a .NET tool, PowerShell is an assembly that dotnet runs.
            $assembly = if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { "$PSHOME/pwsh.dll" }
            & $program @($assembly | Where-Object { $_ }) -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script"
        }
        finally {
            $env:XDG_DATA_HOME = $before
        }
    }

    # Why a test cannot be run here, if it cannot.
    function Get-Obstacle {
        param([string] $Command)

        if (-not $Package) {
            'there is no package: ./build.ps1 -Task Package makes it'
        }
        elseif (-not (Get-Command -Name $Command -ErrorAction Ignore)) {
            "$Command is not on this machine"
        }
    }

    $Folder = Join-Path -Path $TestDrive -ChildPath 'gallery'
    $null = New-Item -ItemType Directory -Path $Folder
    if ($Package) {
        Copy-Item -LiteralPath $Package -Destination $Folder
    }

    $Send = 'Connect-WixInbox -Sandbox; (Send-WixInboxMessage hi -ConversationId 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c).Delivery.ToString()'
}

Describe 'The package' {
    It 'has the files and the description that Compress-PSResource gives the same module, and the tags of its commands besides' {
        if ($obstacle = Get-Obstacle -Command Compress-PSResource) {
            Set-ItResult -Skipped -Because $obstacle
        }

        function Read-Package {
            param([string] $Path)

            $archive = [IO.Compression.ZipFile]::OpenRead($Path)
            try {
                $reader = [IO.StreamReader]::new($archive.GetEntry('WixInbox.nuspec').Open())
                $metadata = ([xml] $reader.ReadToEnd()).package.metadata
                $reader.Dispose()
                # The one that holds the description a second time has a random name.
                $names = $archive.Entries | ForEach-Object -MemberName FullName |
                    ForEach-Object { $_ -replace '[^/]+\.psmdcp$', 'psmdcp' }
                @{ Files = $names | Sort-Object; Metadata = $metadata }
            }
            finally {
                $archive.Dispose()
            }
        }

        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $module = Join-Path -Path $TestDrive -ChildPath 'compressed/WixInbox'
        [IO.Compression.ZipFile]::ExtractToDirectory($Package, $module)
        'package', '_rels', '[Content_Types].xml', 'WixInbox.nuspec' |
            ForEach-Object { Remove-Item -LiteralPath "$module/$_" -Recurse -Force }
        Compress-PSResource -Path $module -DestinationPath (Split-Path -Path $module)
        $theirs = Read-Package -Path (Get-Item -Path "$module/../*.nupkg").FullName
        $ours = Read-Package -Path $Package

        $ours.Files | Should -Be $theirs.Files
        $ours.Metadata.ChildNodes.Name | Should -Be $theirs.Metadata.ChildNodes.Name
        foreach ($name in $theirs.Metadata.ChildNodes.Name -ne 'tags') {
            $ours.Metadata.$name | Should -Be $theirs.Metadata.$name -Because $name
        }

        $ours.Metadata.tags | Should -BeLike "$($theirs.Metadata.tags) PSIncludes_Cmdlet *"
    }

    It 'is found by Find-PSResource with what the gallery shows' {
        if ($obstacle = Get-Obstacle -Command Find-PSResource) {
            Set-ItResult -Skipped -Because $obstacle
        }

        $found = Invoke-Installation -Script @"
            Register-PSResourceRepository -Name Folder -Uri '$Folder' -Trusted
            `$module = Find-PSResource -Name WixInbox -Repository Folder
            `$module.Name; `$module.Author; `$module.ProjectUri.AbsoluteUri; `$module.ReleaseNotes; `$module.Tags -contains 'PSEdition_Desktop'; `$module.Includes.Cmdlet -contains 'Send-WixInboxMessage'
            Unregister-PSResourceRepository -Name Folder
"@
        $found | Should -Be 'WixInbox', 'The WixInbox authors', 'https://github.com/wixinbox/WixInbox',
            'https://github.com/wixinbox/WixInbox/blob/main/CHANGELOG.md', 'True', 'True'
    }

    It 'is installed by Install-PSResource, works and is uninstalled' {
        if ($obstacle = Get-Obstacle -Command Install-PSResource) {
            Set-ItResult -Skipped -Because $obstacle
        }

        Invoke-Installation -Script @"
            Register-PSResourceRepository -Name Folder -Uri '$Folder' -Trusted
            Install-PSResource -Name WixInbox -Repository Folder -Scope CurrentUser
            $Send
            (Get-PSResource -Name WixInbox).Name
            Uninstall-PSResource -Name WixInbox
            Unregister-PSResourceRepository -Name Folder
            `$null -eq (Get-PSResource -Name WixInbox -ErrorAction Ignore)
"@ | Should -Be 'Sent', 'WixInbox', 'True'
    }

    It 'is installed by Install-Module, works and is uninstalled' {
        if ($obstacle = Get-Obstacle -Command Install-Module) {
            Set-ItResult -Skipped -Because $obstacle
        }

        Invoke-Installation -Script @"
            Register-PSRepository -Name Folder -SourceLocation '$Folder' -InstallationPolicy Trusted
            Install-Module -Name WixInbox -Repository Folder -Scope CurrentUser
            $Send
            Disconnect-WixInbox
            Remove-Module -Name WixInbox
            Uninstall-Module -Name WixInbox
            Unregister-PSRepository -Name Folder
"@ | Should -Be 'Sent'
    }

    It 'works when it is unpacked to a folder of the module path' {
        if (-not $Package) {
            Set-ItResult -Skipped -Because 'there is no package: ./build.ps1 -Task Package makes it'
        }

        $modules = Join-Path -Path $TestDrive -ChildPath 'modules'
        $null = New-Item -ItemType Directory -Path $modules
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        [IO.Compression.ZipFile]::ExtractToDirectory($Package, "$modules/WixInbox")
        Invoke-Installation -Script "`$env:PSModulePath = '$modules' + [IO.Path]::PathSeparator + `$env:PSModulePath; $Send; (Get-Module -Name WixInbox).ModuleBase" |
            Should -Be 'Sent', (Join-Path -Path $modules -ChildPath 'WixInbox')
    }
}
