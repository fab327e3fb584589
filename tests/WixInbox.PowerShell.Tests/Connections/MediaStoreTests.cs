namespace WixInbox.PowerShell.Tests;

/// <summary>Connect-WixInbox -MediaStore: by which of Wix's APIs files go up.</summary>
public sealed class MediaStoreTests
{
    [Theory]
    [InlineData("", "/site-media/v1/files/import", "1.png (Ready)")]
    [InlineData("-MediaStore MediaManager", "/site-media/v1/files/import", "1.png (Ready)")]
    [InlineData("-MediaStore Channels", "/communication-channels-media/v1/import-file", "1.png")]
    public void A_file_is_imported_by_the_one_that_was_chosen(string store, string path, string shown)
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(StubHandler.Json(200, request.Path.EndsWith("import-file", StringComparison.Ordinal)
            ? """{"fileId":"f1","displayName":"1.png","url":"https://e.example/f1"}"""
            : """{"file":{"id":"f1","displayName":"1.png","mediaType":"IMAGE","operationStatus":"READY"}}""")));
        using var engine = new Engine();
        engine.Set("handler", handler);
        engine.Set("secret", Secrets.Secure("token-of-the-tests"));

        var result = engine.Run(
            $"Connect-WixInbox -AccessToken $secret {store} -MessageHandler $handler; "
                + "Import-WixInboxMedia -Url https://e.example/1.png");

        Assert.Empty(result.Errors);
        Assert.Equal(["f1"], result.OutputOf("Id"));
        Assert.Equal(shown, Assert.Single(result.Output).ToString());
        Assert.Equal(path, Assert.Single(handler.Requests).Path);
    }
}
