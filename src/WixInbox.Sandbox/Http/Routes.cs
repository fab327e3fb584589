namespace WixInbox.Sandbox;

/// <summary>
/// The paths of the API. A request to a path with an id in it is handled, and counted, under its route.
/// </summary>
internal static class Routes
{
    public const string Messages = "/inbox/v2/messages";
    public const string Conversations = "/inbox/v2/conversations";
    public const string OneConversation = "/inbox/v2/conversations/{conversationId}";
    public const string ContactQuery = "/contacts/v4/contacts/query";
    public const string OneContact = "/contacts/v4/contacts/{contactId}";
    public const string ContactQueryV5 = "/contacts/v5/contacts/query";
    public const string OneContactV5 = "/contacts/v5/contacts/{contactId}";
    public const string Labels = "/contacts/v4/labels";
    public const string Token = "/oauth2/token";
    public const string UploadUrl = "/site-media/v1/files/generate-upload-url";
    public const string ImportFile = "/site-media/v1/files/import";
    public const string OneFile = "/site-media/v1/files/get-file-by-id";
    public const string ChannelUploadUrl = "/communication-channels-media/v1/upload-url";
    public const string ChannelImportFile = "/communication-channels-media/v1/import-file";
    public const string ChannelDownloadUrl = "/communication-channels-media/v1/download-url";
    public const string ChannelStorageQuota = "/communication-channels-media/v1/storage-quota";

    /// <summary>Where the upload URLs lead. Wix documents no path for them; this is our choice.</summary>
    public const string Upload = "/sandbox-upload/{uploadToken}";

    private static readonly Dictionary<string, string> s_methods = new()
    {
        [Messages] = "GET, POST",
        [Conversations] = "POST",
        [OneConversation] = "GET",
        [ContactQuery] = "POST",
        [OneContact] = "GET",
        [ContactQueryV5] = "GET, POST",
        [OneContactV5] = "GET",
        [Labels] = "GET",
        [Token] = "POST",
        [UploadUrl] = "POST",
        [ImportFile] = "POST",
        [OneFile] = "GET",
        [ChannelUploadUrl] = "POST",
        [ChannelImportFile] = "POST",
        [ChannelDownloadUrl] = "POST",
        [ChannelStorageQuota] = "GET",
        [Upload] = "PUT",
    };

    private static readonly string[] s_withId = [OneConversation, OneContact, OneContactV5, Upload];

    /// <summary>The route of a path, or the path itself where it has none.</summary>
    public static string Of(string path) =>
        s_methods.ContainsKey(path) ? path : s_withId.FirstOrDefault(route => RawId(path, route) is not null) ?? path;

    /// <summary>The id in a path whose route has one.</summary>
    public static string IdIn(string path) => Uri.UnescapeDataString(RawId(path, Of(path))!);

    /// <summary>The methods that a route answers to; null where there is no such route.</summary>
    public static string? MethodsOf(string route) => s_methods.TryGetValue(route, out var methods) ? methods : null;

    /// <summary>
    /// True for the two calls that carry their own proof of who calls: the token call's is in its body, and the
    /// upload's in its address. Neither is part of the API that the limit of requests is documented for, so our choice
    /// is that they take no place in its window.
    /// </summary>
    public static bool IsOpen(string path) => Of(path) is Token or Upload;

    private static string? RawId(string path, string route)
    {
        var start = route.Substring(0, route.IndexOf('{'));
        if (!path.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        var id = path.Substring(start.Length);
        return id.Length == 0 || id.Contains('/') ? null : id;
    }
}
