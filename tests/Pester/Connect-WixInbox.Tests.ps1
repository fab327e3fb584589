BeforeAll {
    . "$PSScriptRoot/common.ps1"

    $Key = 'test-api-key-1f6e9b'
    $Site = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'
    $Account = '7c1ab2de-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
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

    Context 'with a secret that is given' {
        It 'gives nothing back and asks Wix nothing' {
            Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox | Should -BeNullOrEmpty
            $inbox.Requests | Should -HaveCount 0
        }

        It 'gives the connection back with -PassThru, and makes it the default one' {
            $connection = Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox -PassThru
            $connection | Should -BeOfType ([WixInbox.WixInboxConnection])
            [object]::ReferenceEquals($connection, (Get-WixInboxConnection)) | Should -BeTrue
        }

        It 'signs with an access token as it is, without the word Bearer' {
            Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox
            Send-WixInboxMessage -Text hi -ConversationId $Conversation | Should -HaveCount 1
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Token
            $inbox.Requests[0].Headers.Keys | Should -Not -Contain 'wix-site-id'
        }

        It 'signs with an API key and names its site' {
            Connect-WixInbox -ApiKey (ConvertTo-Secret $Key) -SiteId $Site -MessageHandler $inbox
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Key
            $inbox.Requests[0].Headers['wix-site-id'] | Should -Be $Site
            $inbox.Requests[0].Headers.Keys | Should -Not -Contain 'wix-account-id'
        }

        It 'signs with an API key and names its account' {
            Connect-WixInbox -ApiKey (ConvertTo-Secret $Key) -AccountId $Account -MessageHandler $inbox
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['wix-account-id'] | Should -Be $Account
            $inbox.Requests[0].Headers.Keys | Should -Not -Contain 'wix-site-id'
        }

        It 'takes the password of a credential, as a vault may keep it' {
            Connect-WixInbox -AccessToken ([pscredential]::new('wix', (ConvertTo-Secret $Token))) -MessageHandler $inbox
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Token
        }

        It 'sends to the address that is given' {
            $connection = Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -BaseUri https://inbox.example.com/ -MessageHandler $inbox -PassThru
            $connection.BaseUri | Should -Be 'https://inbox.example.com/'
        }
    }

    Context 'with what the environment has' {
        It 'signs with WIX_ACCESS_TOKEN' {
            $env:WIX_ACCESS_TOKEN = $Token
            Connect-WixInbox -MessageHandler $inbox
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Token
        }

        It 'signs with WIX_API_KEY and WIX_SITE_ID' {
            $env:WIX_API_KEY = $Key
            $env:WIX_SITE_ID = $Site
            Connect-WixInbox -MessageHandler $inbox
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Key
            $inbox.Requests[0].Headers['wix-site-id'] | Should -Be $Site
        }

        It 'signs with WIX_API_KEY and WIX_ACCOUNT_ID' {
            $env:WIX_API_KEY = $Key
            $env:WIX_ACCOUNT_ID = $Account
            (Connect-WixInbox -MessageHandler $inbox -PassThru).AccountId | Should -Be $Account
        }

        It 'takes a site that is typed before those of the environment' {
            $env:WIX_API_KEY = $Key
            $env:WIX_ACCOUNT_ID = $Account
            $connection = Connect-WixInbox -SiteId $Site -MessageHandler $inbox -PassThru
            $connection.SiteId | Should -Be $Site
            $connection.AccountId | Should -BeNullOrEmpty
        }

        It 'looks at none of it for a token that is given' {
            $env:WIX_API_KEY = $Key
            $env:WIX_SITE_ID = $Site
            (Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox -PassThru).Authentication | Should -Be 'AccessToken'
        }

        It 'says what to set where there is nothing' {
            { Connect-WixInbox -MessageHandler $inbox } | Should -Throw -ErrorId 'CredentialMissing,WixInbox.Commands.ConnectWixInboxCommand' -ExpectedMessage '*WIX_API_KEY*'
        }

        It 'does not choose between a key and a token' {
            $env:WIX_API_KEY = $Key
            $env:WIX_ACCESS_TOKEN = $Token
            { Connect-WixInbox -MessageHandler $inbox } | Should -Throw -ErrorId 'CredentialAmbiguous,WixInbox.Commands.ConnectWixInboxCommand'
        }
    }

    Context 'with what cannot be' {
        It 'refuses <Name> as plain text in words that do not repeat it' -ForEach @(
            @{ Name = '-AccessToken' }
            @{ Name = '-ApiKey' }
        ) {
            $parameters = @{ $Name.TrimStart('-') = $Token; MessageHandler = $inbox }
            $failure = { Connect-WixInbox @parameters } | Should -Throw -PassThru -ErrorId 'ParameterArgumentTransformationError,WixInbox.Commands.ConnectWixInboxCommand'
            $failure.Exception.Message | Should -BeLike '*SecureString*'
            $failure | Format-List -Property * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$Token*"
            $failure.Exception | Format-List -Property * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$Token*"
        }

        It 'refuses <What>' -ForEach @(
            @{ What = 'a key without a site'; Parameters = @{} }
            @{ What = 'a site and an account'; Parameters = @{ SiteId = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'; AccountId = '7c1ab2de-3c4d-4e5f-8a9b-0c1d2e3f4a5b' } }
            @{ What = 'a site id that is no GUID'; Parameters = @{ SiteId = 'my-site' } }
            @{ What = 'plain http to another machine'; Parameters = @{ SiteId = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'; BaseUri = 'http://inbox.example.com' } }
            @{ What = 'a credential for no proxy'; Parameters = @{ SiteId = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'; ProxyCredential = [pscredential]::Empty } }
        ) {
            { Connect-WixInbox -ApiKey (ConvertTo-Secret $Key) @Parameters } | Should -Throw -ErrorId 'ConnectionInvalid,WixInbox.Commands.ConnectWixInboxCommand'
            Get-WixInboxConnection | Should -BeNullOrEmpty
        }

        It 'refuses a proxy beside a handler of one''s own' {
            { Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -Proxy http://127.0.0.1:3128 -MessageHandler $inbox } |
                Should -Throw -ErrorId 'ConnectionInvalid,WixInbox.Commands.ConnectWixInboxCommand'
        }

        It 'takes the word Bearer off a token, and says so without repeating it' {
            $said = Connect-WixInbox -AccessToken (ConvertTo-Secret "Bearer $Token") -MessageHandler $inbox 3>&1
            $said | Should -BeLike 'The word Bearer was taken off*'
            "$said" | Should -Not -BeLike "*$Token*"
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Token
        }

        It 'names the site that is given with a token' {
            Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -SiteId $Site -MessageHandler $inbox
            $null = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $inbox.Requests[0].Headers['wix-site-id'] | Should -Be $Site
            (Get-WixInboxConnection).SiteId | Should -Be $Site
        }

        It 'leaves no default, so that what follows in a script goes to no other site' {
            Connect-WixInbox -Sandbox
            { Connect-WixInbox -ApiKey (ConvertTo-Secret $Key) } | Should -Throw
            { Send-WixInboxMessage -Text hi -ConversationId $Conversation } | Should -Throw -ErrorId 'NotConnected,WixInbox.Commands.SendWixInboxMessageCommand'
        }
    }

    Context 'with -Sandbox' {
        It 'needs no secret and takes messages' {
            Connect-WixInbox -Sandbox
            (Get-WixInboxConnection).Sandbox | Should -BeTrue
            $message = Send-WixInboxMessage -Text hi -ConversationId $Conversation
            $message.Content.Basic.Items[0].Text | Should -Be 'hi'
        }

        It 'is a way of its own: <Parameter> does not go with it' -ForEach @(
            @{ Parameter = 'AccessToken' }
            @{ Parameter = 'MessageHandler' }
            @{ Parameter = 'BaseUri' }
        ) {
            $parameters = @{
                AccessToken    = @{ AccessToken = ConvertTo-Secret $Token }
                MessageHandler = @{ MessageHandler = $inbox }
                BaseUri        = @{ BaseUri = 'https://inbox.example.com/' }
            }[$Parameter]
            { Connect-WixInbox -Sandbox @parameters } | Should -Throw -ErrorId 'AmbiguousParameterSet,WixInbox.Commands.ConnectWixInboxCommand'
        }
    }

    Context 'with -TokenProvider' {
        It 'runs the block when a token is needed, and once for all rows' {
            $script:asked = 0
            Connect-WixInbox -TokenProvider { $script:asked++; ConvertTo-Secret $Token } -MessageHandler $inbox
            $script:asked | Should -Be 0
            New-Row (1..20) | Send-WixInboxMessage -Text hi | Should -HaveCount 20
            $script:asked | Should -Be 1
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly $Token
        }

        It 'runs a copy of the block where another runspace needs the token' {
            $connection = Connect-WixInbox -TokenProvider { ConvertTo-SecureString -String "token-of-$who" -AsPlainText -Force } -MessageHandler $inbox -PassThru
            $sent = 1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
                Import-Module -Name $using:ModuleManifest
                $who = 'the-other'
                Send-WixInboxMessage -Text hi -ConversationId $using:Conversation -Connection $using:connection
            }
            $sent | Should -HaveCount 3
            $inbox.Requests[0].Headers['Authorization'] | Should -BeExactly 'token-of-the-other'
        }

        It 'says what is wrong with <What> and does not repeat it' -ForEach @(
            @{ What = 'plain text'; Block = { $Token }; Message = '*returned plain text*' }
            @{ What = 'nothing'; Block = { }; Message = '*returned nothing*' }
            @{ What = 'what is thrown'; Block = { throw $Token }; Message = '*ended with an error*' }
        ) {
            Connect-WixInbox -TokenProvider $Block -MessageHandler $inbox
            $failure = { Send-WixInboxMessage -Text hi -ConversationId $Conversation } | Should -Throw -PassThru -ErrorId 'TokenUnavailable,WixInbox.Commands.SendWixInboxMessageCommand' -ExpectedMessage $Message
            $failure | Format-List -Property * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$Token*"
            $failure.Exception | Format-List -Property * -Force | Out-String -Width 4096 | Should -Not -BeLike "*$Token*"
        }
    }

    Context 'with -Name' {
        It 'is known by the name, to the parameter and to the rows' {
            $cafe = [WixInboxTests.MockInbox]::new()
            Connect-WixInbox -Name shop -AccessToken (ConvertTo-Secret $Token) -MessageHandler $inbox
            Connect-WixInbox -Name cafe -AccessToken (ConvertTo-Secret $Token) -MessageHandler $cafe
            $null = Send-WixInboxMessage -Connection shop -Text first -ConversationId $Conversation
            $null = 'shop', 'cafe', '' | ForEach-Object { [pscustomobject]@{ Connection = $_; ConversationId = $Conversation; Text = "to '$_'" } } |
                Send-WixInboxMessage -ErrorVariable failed -ErrorAction SilentlyContinue
            Get-SentText -Inbox $inbox | Should -Be 'first', "to 'shop'"
            Get-SentText -Inbox $cafe | Should -Be "to 'cafe'"

            # An empty cell could mean either of the two.
            $failed.Exception.Row | Should -Be 3
            Get-WixInboxConnection | Disconnect-WixInbox
        }

        It 'completes the names' {
            Connect-WixInbox -Sandbox -Name shop
            Get-CompletionText 'Get-WixInboxContact -Connection sh' | Should -Contain 'shop'
            Disconnect-WixInbox shop
            Get-CompletionText 'Get-WixInboxContact -Connection sh' | Should -Not -Contain 'shop'
        }
    }

    Context 'with the proxy of the environment' {
        BeforeAll {
            # The proxy of the other suites, as a public type.
            if (-not ('WixInbox.Tests.Sockets.ForwardProxy' -as [type])) {
                $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Threading', 'System.Threading.Tasks' | ForEach-Object { "using $_;`n" }
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
