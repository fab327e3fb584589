# What is typed into a terminal by press.ps1: runs of Send-WixInboxMessage that wait for ever in the way that is named,
# and a look at what a stop has left behind.
param([string] $Manifest, [string] $Folder)

$ErrorView = 'ConciseView'
Remove-Module PSReadLine -ErrorAction Ignore
if ($Manifest) {
    Import-Module -Name $Manifest
}

$types = Add-Type -PassThru -TypeDefinition @'
using System;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A site that never comes to an end.</summary>
public sealed class EndlessSite : HttpMessageHandler
{
    private readonly string _way;

    public EndlessSite(string way) { _way = way; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        var isMessage = request.Method == HttpMethod.Post && request.RequestUri.AbsolutePath.EndsWith("/messages");
        switch (_way)
        {
            case "pace" when isMessage:
                return Answer(HttpStatusCode.OK, "{\"message\":{\"id\":\"1\",\"sequence\":\"1\",\"createdDate\":\"2026-01-01T00:00:00Z\"}}");
            case "look" when isMessage:
                return Answer(HttpStatusCode.InternalServerError, "{}");
            case "retry":
                var busy = Answer((HttpStatusCode)503, "{}");
                busy.Headers.Add("Retry-After", "2");
                return busy;
            case "endless":
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream()) };
        }

        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
        return null;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body)
    {
        return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead { get { return true; } }
        public override bool CanSeek { get { return false; } }
        public override bool CanWrite { get { return false; } }
        public override long Length { get { throw new NotSupportedException(); } }
        public override long Position { get { return 0; } set { throw new NotSupportedException(); } }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) { Thread.Sleep(20); buffer[offset] = 32; return 1; }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken token)
        {
            await Task.Delay(20, token).ConfigureAwait(false);
            buffer[offset] = 32;
            return 1;
        }

        public override long Seek(long offset, SeekOrigin origin) { throw new NotSupportedException(); }
        public override void SetLength(long value) { throw new NotSupportedException(); }
        public override void Write(byte[] buffer, int offset, int count) { throw new NotSupportedException(); }
    }
}

/// <summary>The control: it does nothing but write progress, as often as it is told to.</summary>
[Cmdlet("Write", "EndlessProgress")]
public sealed class WriteEndlessProgressCommand : PSCmdlet
{
    private readonly ManualResetEventSlim _stop = new ManualResetEventSlim();

    [Parameter]
    public int Milliseconds { get; set; } = 250;

    protected override void ProcessRecord()
    {
        for (var number = 0; !_stop.Wait(Milliseconds); number++)
        {
            WriteProgress(new ProgressRecord(0, "Write-EndlessProgress", "number " + number));
        }
    }

    protected override void StopProcessing() { _stop.Set(); }
}
'@
Import-Module -Assembly $types[0].Assembly

$picture = Join-Path $Folder 'file.txt'
[IO.File]::WriteAllText($picture, 'text')
$token = [securestring]::new()
'token'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }

function Get-Row([string] $Way) {
    foreach ($number in 1..1000) {
        $id = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $number
        switch ($Way) {
            'look-up' { [pscustomobject]@{ Email = "a$number@example.com" } }
            'upload' { [pscustomobject]@{ ConversationId = $id; FilePath = $picture } }
            default { [pscustomobject]@{ ConversationId = $id } }
        }
    }
}

function run([string] $Way, [int] $WithJournal, [int] $Number) {
    if ($Way -like 'control*') {
        Write-EndlessProgress -Milliseconds ($Way -replace '\D')
        return
    }

    $signIn = if ($Way -eq 'sign-in') {
        @{ TokenProvider = { while ($true) { Start-Sleep -Milliseconds 50 } } }
    } else {
        @{ AccessToken = $token }
    }
    $connection = Connect-WixInbox @signIn -MessageHandler ([EndlessSite]::new($Way)) -RequestsPerMinute $(if ($Way -eq 'pace') { 2 } else { 0 }) -TimeoutSec 3600 -PassThru
    $journal = if ($WithJournal) { @{ Journal = Join-Path $Folder "$Number.jsonl" } } else { @{} }
    Get-Row $Way |
        Send-WixInboxMessage -Connection $connection -Text 'Hi' @journal -ExpectedCount 1000 -ReconcileWaitSec 0
}

# Says whether another run could begin at once, and how many rows are open.
function look([int] $Number) {
    $path = Join-Path $Folder "$Number.jsonl"
    $locked = $false
    $open = 0
    if ([IO.File]::Exists($path)) {
        $summary = Get-WixInboxJournal -LiteralPath $path -Summary
        $locked = $summary.Active
        $open = @(Get-WixInboxJournal -LiteralPath $path | Where-Object State -In Sending, Unknown).Count
    }

    "LOOK$Number locked=$locked open=$open."
}

$global:prompts = 0
function prompt { "<$((++$global:prompts))> " }
if ($Error) { throw "$Error" }
Clear-Host
