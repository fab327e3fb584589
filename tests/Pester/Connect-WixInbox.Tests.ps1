BeforeAll {
    . "$PSScriptRoot/common.ps1"
}

Describe 'Connect-WixInbox' {
    BeforeEach {
        Disconnect-WixInbox
        Clear-WixEnvironment
        $inbox = [WixInboxTests.MockInbox]::new()
    }

    AfterEach {
        Clear-WixEnvironment
        Disconnect-WixInbox
    }

    Context 'with -TokenProvider' {
        It 'runs a copy of the block where another runspace needs the token' {
            $connection = Connect-WixInbox -TokenProvider {
                ConvertTo-SecureString -String "token-of-$who" -AsPlainText -Force
            } -MessageHandler $inbox -PassThru
            $sent = 1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
                Import-Module -Name $using:ModuleManifest
                $who = 'the-other'
                Send-WixInboxMessage -Text hi -ConversationId $using:Conversation -Connection $using:connection
            }
            $sent | Should -HaveCount 3
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly 'token-of-the-other'
        }
    }

    Context 'with the proxy of the environment' {
        BeforeAll {
            # The proxy of the other suites, as a public type.
            if (-not ('WixInbox.Tests.Sockets.ForwardProxy' -as [type])) {
                $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Threading',
                    'System.Threading.Tasks' | ForEach-Object { "using $_;`n" }
                $source = Get-Content -LiteralPath "$PSScriptRoot/../WixInbox.Client.Tests/Sockets/ForwardProxy.cs" -Raw
                Add-Type -TypeDefinition "#nullable enable`n$usings$($source.Replace('internal sealed', 'public sealed'))"
            }

            function Invoke-BehindProxy {
                param([string] $Environment, [string] $Parameter)

                Invoke-NewSession -Script @"
                    Import-Module -Name '$ModuleManifest'
                    $Environment
                    Connect-WixInbox -AccessToken (ConvertTo-SecureString -String token -AsPlainText -Force) -BaseUri https://inbox.invalid/ -MaxWaitSec 1 $Parameter
                    try { Send-WixInboxMessage -Text hi -ConversationId $Conversation } catch { `$_.FullyQualifiedErrorId; `$_ | Format-List -Property * -Force | Out-String }
"@
            }
        }

        BeforeEach {
            $proxy = [WixInbox.Tests.Sockets.ForwardProxy]::new('ada', 'pr0xy-canary')
            $address = "127.0.0.1:$($proxy.Address.Port)"
        }

        AfterEach {
            $proxy.DisposeAsync().AsTask().Wait()
        }

        It 'goes through HTTPS_PROXY, with the name and password in it' {
            $said = Invoke-BehindProxy "`$env:HTTPS_PROXY = 'http://ada:pr0xy-canary@$address'"
            $said[0] | Should -BeLike 'ConnectionFailed*'
            $proxy.Lines | Select-Object -Unique | Should -Be 'CONNECT inbox.invalid:443 HTTP/1.1'
            $proxy.Heads -join "`n" | Should -BeLike '*Proxy-Authorization: Basic *'
            $said -join "`n" | Should -Not -BeLike '*canary*'
        }

        It 'says that the proxy asks to sign in, and does not repeat what it refuses' {
            $said = Invoke-BehindProxy "`$env:HTTPS_PROXY = 'http://ada:wrong-canary@$address'"
            $said[0] | Should -BeLike 'ProxySignInNeeded*'
            $said -join "`n" | Should -Not -BeLike '*canary*'
        }

        It 'goes past it with <What>' -ForEach @(
            @{ What = 'NO_PROXY'; Environment = "`$env:NO_PROXY = 'inbox.invalid'"; Parameter = '' }
            @{ What = '-NoProxy'; Environment = ''; Parameter = '-NoProxy' }
        ) {
            $said = Invoke-BehindProxy "`$env:HTTPS_PROXY = 'http://$address'; $Environment" $Parameter
            $said[0] | Should -BeLike 'ConnectionFailed*'
            $proxy.Heads | Should -HaveCount 0
        }
    }

    It 'puts no secret into a transcript' {
        $path = Join-Path -Path $TestDrive -ChildPath transcript.txt
        $null = Invoke-NewSession -Script @"
            . '$PSScriptRoot/common.ps1'
            `$inbox = [WixInboxTests.MockInbox]::new()
            `$inbox.Answer('refused', 401, (New-WixError -Code UNAUTHENTICATED))
            `$secret = ConvertTo-Secret `$Token
            `$null = Start-Transcript -LiteralPath '$path'
            Connect-WixInbox -AccessToken `$secret -MessageHandler `$inbox -PassThru -Verbose -Debug | Format-List -Property * -Force
            # Before 7.6, -Debug also asks for a confirmation.
            Send-WixInboxMessage -Text hi -ConversationId $Conversation -Verbose -Debug -Confirm:`$false | Format-List -Property * -Force
            try { Send-WixInboxMessage -Text refused -ConversationId $Conversation } catch { `$_ | Format-List -Property * -Force }
"@
        $transcript = Get-Content -LiteralPath $path -Raw
        $transcript | Should -BeLike '*Connected to https://www.wixapis.com*Unauthorized*'
        $transcript | Should -Not -BeLike "*$Token*"
    }
}
