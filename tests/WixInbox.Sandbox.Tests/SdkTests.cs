using System.Text.Json;
using WixInbox.SandboxServer;

namespace WixInbox.Sandbox.Tests;

/// <summary>
/// Wix's own SDK, as it is published, calls the sandbox over a socket: what it cannot read, or does not get, the
/// sandbox plays wrongly. It needs Node.js, and the packages of <c>tests/Sdk</c> from their registry.
/// </summary>
public sealed class SdkTests
{
    [Fact]
    public async Task The_official_SDK_makes_each_call_and_reads_what_it_gets()
    {
        var folder = Sdk.Folder();
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            new ServerOptions { Port = 0 }, TestContext.Current.CancellationToken);

        var (exitCode, output) = Sdk.Run(folder, "node", "calls.mjs", server.Address.AbsoluteUri.TrimEnd('/'));

        Assert.True(exitCode == 0, output);
        JsonElement results = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            [
                "channelDownloadRefused", "channelRefused", "emptyForbidden", "getConversationRefused", "messageAlone",
                "queryContactsTooMany", "queryContactsV5TooMany", "sendMessageRefused", "sendToNobodyRefused",
            ],
            results.EnumerateObject().Where(result => IsFailed(result.Value)).Select(result => result.Name).Order());
        Assert.Equal("UNSUPPORTED_FILE_FORMAT", Code(results, "channelRefused"));
        Assert.Equal(
            "message.content.basic.items",
            Text(results, "sendMessageRefused.details.validationError.fieldViolations.0.field"));

        Assert.Equal("FILE_NOT_FOUND", Code(results, "channelDownloadRefused"));
        Assert.Equal("CONVERSATION_NOT_FOUND", Code(results, "getConversationRefused"));
        Assert.Equal("CONVERSATION_NOT_FOUND", Code(results, "sendToNobodyRefused"));
        Assert.Equal("UNSUPPORTED_FILTER_VALUE", Code(results, "queryContactsTooMany"));
        Assert.EndsWith(
            "filter.email.email",
            Text(results, "queryContactsV5TooMany.details.validationError.fieldViolations.0.field"),
            StringComparison.Ordinal);
        Assert.Contains("A fault asked for this", Text(results, "messageAlone.failed"), StringComparison.Ordinal);

        // A message sent with each way of signing in, of each kind, and one page of one message.
        string[] signIns = ["sendMessage", "sendMessageAsApp", "sendMessageHeadless", "sendUnknownField"];
        string[] sent = [.. signIns.Select(name => Text(results, name + ".message._id"))];
        Assert.Equal(4, sent.Distinct().Count());
        Assert.Equal(1, results.GetProperty("listMessages").GetProperty("messages").GetArrayLength());
        Assert.Equal(8, results.GetProperty("listMessagesPlain").GetProperty("messages").GetArrayLength());
        Assert.Equal("a.pdf", Text(results, "send-basic.items.0.file.filename"));
        Assert.Equal("yes", Text(results, "send-template.buttons.1.postbackProperties.interactionId"));
        Assert.Equal("https://example.com/", Text(results, "send-minimal.url"));
        Assert.Equal("https://example.com/a.png", Text(results, "send-form.media.0.image.url"));

        // In three pages, either way round.
        string[] oldestFirst =
            [.. results.GetProperty("listMessages-ASC").EnumerateArray().Select(id => id.GetString()!)];
        Assert.Equal(sent, oldestFirst.Take(4));
        Assert.Equal(8, oldestFirst.Length);
        Assert.Equal(
            oldestFirst.Reverse(),
            results.GetProperty("listMessages-DESC").EnumerateArray().Select(id => id.GetString()));

        // One who is a member has another conversation as a contact, and a visitor another one again.
        string[] conversations =
        [
            Text(results, "getOrCreateConversation.conversation._id"),
            Text(results, "conversationOfContact"),
            Text(results, "conversationOfVisitor"),
        ];
        Assert.Equal(3, conversations.Distinct().Count());
        Assert.Equal(conversations[0], Text(results, "getConversation._id"));

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
        Assert.Equal("aaaaaaaa-0000-4000-8000-000000000001", Text(results, "queryContactsV5FirstMade"));
        Assert.Equal(0, results.GetProperty("queryContactsSince").GetInt32());
        Assert.Equal(JsonValueKind.Null, results.GetProperty("getContactBasic").ValueKind);
        Assert.Equal("""["_id","lastActivity","revision"]""", results.GetProperty("getContactFields").GetRawText());

        Assert.Equal("custom.new-here", Text(results, "listLabels.labels.0.key"));
        Assert.Equal("vip", Text(results, "listLabelsByPage.labels.0.displayName"));
        var metadata = results.GetProperty("listLabelsByPage").GetProperty("metadata");
        Assert.Equal(2, metadata.GetProperty("total").GetInt32());
        Assert.Equal("custom.vip", Text(results, "listLabelsFrom.labels.0.key"));

        Assert.Equal(Text(results, "upload.file.id"), Text(results, "getFileDescriptor._id"));
        Assert.Equal("PENDING", Text(results, "importFile.file.operationStatus"));
        Assert.Equal("cat.png", Text(results, "channelImportFile.displayName"));
        Assert.Equal("6", Text(results, "channelStorageQuota.totalUsage"));
        Assert.StartsWith("https://", Text(results, "channelDownloadUrl.downloadUrl"), StringComparison.Ordinal);
    }

    private static bool IsFailed(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty("failed", out _);

    private static string Code(JsonElement results, string name) =>
        Text(results, name + ".details.applicationError.code");

    private static string Text(JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            element =
                element.ValueKind == JsonValueKind.Array ? element[int.Parse(step, null)] : element.GetProperty(step);
        }

        return element.GetString()!;
    }
}
