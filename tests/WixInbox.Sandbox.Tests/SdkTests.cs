using System.Text.Json;
using WixInbox.SandboxServer;

namespace WixInbox.Sandbox.Tests;

/// <summary>
/// Wix's own SDK, as it is published, calls the sandbox over a socket: what it cannot read, or does not get, the sandbox plays wrongly. It needs Node.js, and the packages of
/// <c>tests/Sdk</c> from their registry.
/// </summary>
public sealed class SdkTests
{
    [Fact]
    public async Task The_official_SDK_makes_each_call_and_reads_what_it_gets()
    {
        var folder = Sdk.Folder();
        await using LoopbackServer server = await LoopbackServer.StartAsync(new ServerOptions { Port = 0 }, TestContext.Current.CancellationToken);

        var (exitCode, output) = Sdk.Run(folder, "node", "calls.mjs", server.Address.AbsoluteUri.TrimEnd('/'));

        Assert.True(exitCode == 0, output);
        JsonElement results = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            ["channelRefused", "sendMessageRefused"],
            results.EnumerateObject().Where(result => IsFailed(result.Value)).Select(result => result.Name).Order());
        Assert.Equal("UNSUPPORTED_FILE_FORMAT", results.GetProperty("channelRefused").GetProperty("details").GetProperty("applicationError").GetProperty("code").GetString());
        Assert.Equal(
            "message.content.basic.items",
            results.GetProperty("sendMessageRefused").GetProperty("details").GetProperty("validationError").GetProperty("fieldViolations")[0].GetProperty("field").GetString());

        // A message sent with either way of signing in, and one page of one message.
        Assert.NotEqual(Text(results, "sendMessage.message._id"), Text(results, "sendMessageAsApp.message._id"));
        Assert.Equal(Text(results, "sendMessageAsApp.message._id"), Text(results, "listMessages.messages.0._id"));
        Assert.Equal(1, results.GetProperty("listMessages").GetProperty("messages").GetArrayLength());
        Assert.Equal(2, results.GetProperty("listMessagesPlain").GetProperty("messages").GetArrayLength());
        Assert.Equal(Text(results, "getOrCreateConversation.conversation._id"), Text(results, "getConversation._id"));

        // v4 has the status and not the member, v5 both; by pages of offset and cursor everybody comes.
        Assert.Equal("UNSUBSCRIBED", Text(results, "queryContacts.0.primaryEmail.subscriptionStatus"));
        Assert.Equal("UNSUBSCRIBED", Text(results, "getContact.primaryEmail.subscriptionStatus"));
        Assert.Equal("UNSUBSCRIBED", Text(results, "queryContactsV5.0.email.subscriptionStatus.status"));
        Assert.Equal("aaaaaaaa-0000-4000-8000-00000000000a", Text(results, "queryContactsV5.0.memberInfo.memberId"));
        Assert.Equal("ada@example.com", Text(results, "getContactV5.email.email"));
        Assert.Equal("[100,21]", results.GetProperty("queryContactsByPage").GetRawText());
        Assert.Equal("[100,21]", results.GetProperty("queryContactsV5ByPage").GetRawText());
        Assert.Equal(1, results.GetProperty("queryContactsByLabel").GetInt32());
        Assert.Equal(121, results.GetProperty("queryContactsByActivity").GetInt32());
        Assert.Equal(1, results.GetProperty("queryContactsV5Posted").GetInt32());

        Assert.Equal(Text(results, "upload.file.id"), Text(results, "getFileDescriptor._id"));
        Assert.Equal("PENDING", Text(results, "importFile.file.operationStatus"));
        Assert.Equal("cat.png", Text(results, "channelImportFile.displayName"));
        Assert.Equal("6", Text(results, "channelStorageQuota.totalUsage"));
        Assert.StartsWith("https://", Text(results, "channelDownloadUrl.downloadUrl"), StringComparison.Ordinal);
    }

    private static bool IsFailed(JsonElement result) => result.ValueKind == JsonValueKind.Object && result.TryGetProperty("failed", out _);

    private static string Text(JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(step, null)] : element.GetProperty(step);
        }

        return element.GetString()!;
    }
}
