# What every test file begins with: the module as a build leaves it, or the one that $env:WIXINBOX_MANIFEST names, and
# an inbox that answers without a network.

$ModuleManifest = [IO.Path]::GetFullPath(
    $(if ($env:WIXINBOX_MANIFEST) { $env:WIXINBOX_MANIFEST } else { "$PSScriptRoot/../../out/WixInbox/WixInbox.psd1" }))
$ExampleCsv = [IO.Path]::GetFullPath("$ModuleManifest/../examples/contacts.csv")
$ExampleScript = [IO.Path]::GetFullPath("$ModuleManifest/../examples/send-from-csv.ps1")
$Token = 'IST.eyJraWQiOiJ0ZXN0.c2VjcmV0'
$Conversation = '5f0c7f3e-6f0e-4d3c-9b7a-2c1f5d1e8a10'

# A module of this name that is installed must not be what is tested.
Get-Module -Name WixInbox | Where-Object -Property Path -NE -Value ($ModuleManifest -replace 'd1$', 'm1') |
    Remove-Module
Import-Module -Name $ModuleManifest

if (-not ('WixInboxTests.MockInbox' -as [type])) {
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace WixInboxTests
{
    public sealed class RecordedRequest
    {
        public string Path { get; set; }
        public Dictionary<string, string> Headers { get; set; }
        public string Body { get; set; }
    }

    /// <summary>
    /// Keeps every request. Answers as Wix does where all is well, unless a rule holds for a text of the request's
    /// body: then with what the rule says.
    /// </summary>
    public sealed class MockInbox : HttpMessageHandler
    {
        private readonly object _gate = new object();
        private readonly List<RecordedRequest> _requests = new List<RecordedRequest>();
        private readonly List<(string Text, int Status, string Body)> _rules = new List<(string, int, string)>();
        private int _ids;

        public RecordedRequest[] Requests { get { lock (_gate) { return _requests.ToArray(); } } }
        public RecordedRequest[] Sent { get { return Requests.Where(request => request.Path == "/inbox/v2/messages").ToArray(); } }

        public void Answer(string text, int status, string body) { lock (_gate) { _rules.Add((text, status, body)); } }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var body = request.Content == null ? "" : await request.Content.ReadAsStringAsync();
            var recorded = new RecordedRequest
            {
                Path = request.RequestUri.AbsolutePath,
                Headers = request.Headers.ToDictionary(
                    header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
                Body = body,
            };
            (string Text, int Status, string Body) rule;
            lock (_gate)
            {
                _requests.Add(recorded);
                rule = _rules.FirstOrDefault(one => body.Contains(one.Text));
            }

            // A network never answers at once.
            await Task.Yield();
            return rule.Text == null ? Json(200, WhatWixAnswers(recorded)) : Json(rule.Status, rule.Body);
        }

        private string WhatWixAnswers(RecordedRequest request)
        {
            var asked = JsonNode.Parse(request.Body);
            if (request.Path == "/inbox/v2/conversations")
            {
                // The conversation of a participant is the participant's id, with its first eight characters changed.
                var id = asked["participantId"].AsObject().First().Value.GetValue<string>();
                return "{\"conversation\":{\"id\":\"cccccccc" + id.Substring(8) + "\"},\"newConversation\":true}";
            }

            if (request.Path == "/contacts/v5/contacts/query")
            {
                // Each contact that is asked for is there, and is no member. The id of one that has an address is made of that.
                var filter = asked["query"]["filter"].AsObject().First();
                var contacts = filter.Value["$in"].AsArray().Select(one => one.GetValue<string>()).Distinct(StringComparer.OrdinalIgnoreCase)
                    .Select(one => filter.Key == "id" ? "{\"id\":\"" + one + "\"}"
                        : "{\"id\":\"eeeeeeee-0000-4000-8000-" + ((uint)one.GetHashCode()).ToString("d12") + "\",\"email\":{\"email\":\"" + one + "\"}}");
                return "{\"contacts\":[" + string.Join(",", contacts) + "]}";
            }

            var message = asked["message"].DeepClone();
            message["id"] = (1700000000000000 + Interlocked.Increment(ref _ids)).ToString();
            message["sequence"] = message["id"].GetValue<string>();
            message["createdDate"] = "2026-01-02T03:04:05.678Z";
            return new JsonObject { ["message"] = message }.ToJsonString();
        }

        private static HttpResponseMessage Json(int status, string body)
        {
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body ?? "", Encoding.UTF8, "application/json") };
        }
    }
}
'@
}

function ConvertTo-Secret {
    param([string] $Text)

    ConvertTo-SecureString -String $Text -AsPlainText -Force
}

# Connects the runspace to a new mocked inbox and gives that back.
function Connect-MockInbox {
    $inbox = [WixInboxTests.MockInbox]::new()
    Connect-WixInbox -AccessToken (ConvertTo-Secret $Token) -Name own -MessageHandler $inbox -RequestsPerMinute 0
    $inbox
}

# Rows as a CSV has them: each to a conversation of its own, unless one is given.
function New-Row {
    param([int[]] $Number, [string] $ConversationId)

    foreach ($n in $Number) {
        [pscustomobject]@{
            Name           = "name$n"
            ConversationId = if ($ConversationId) { $ConversationId } else { '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n }
        }
    }
}

function Get-SentText {
    param([WixInboxTests.MockInbox] $Inbox)

    $Inbox.Sent | ForEach-Object -Process { ($_.Body | ConvertFrom-Json).message.content.basic.items[0].text }
}

# The messages that Wix answers an error with.
function New-WixError {
    param([string] $Code, [string] $Message = 'No.')

    @{ message = $Message; details = @{ applicationError = @{ code = $Code; description = $Message } } } |
        ConvertTo-Json -Depth 5 -Compress
}

# Runs a script in a process of its own, where nothing has been imported yet, and gives back what it prints.
function Invoke-NewSession {
    param([string] $Script)

    $program = (Get-Process -Id $PID).Path

    # As a .NET tool, PowerShell is an assembly that dotnet runs.
    $assembly = if ((Split-Path -Path $program -LeafBase) -eq 'dotnet') { "$PSHOME/pwsh.dll" }
    & $program @($assembly | Where-Object { $_ }) -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; $Script"
}

# Takes the variables that a sign-in reads out of the environment: a developer's own must not take part.
function Clear-WixEnvironment {
    foreach ($name in 'WIX_API_KEY', 'WIX_SITE_ID', 'WIX_ACCOUNT_ID', 'WIX_ACCESS_TOKEN', 'WIX_CLIENT_ID', 'WIX_CLIENT_SECRET', 'WIX_INSTANCE_ID') {
        [Environment]::SetEnvironmentVariable($name, $null)
    }
}
