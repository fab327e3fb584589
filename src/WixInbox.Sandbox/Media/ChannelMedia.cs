using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Communication Channels Media: the four calls under /communication-channels-media/v1, which need no permission but
/// Manage Inbox Messages. Their bodies and codes are those of Wix's SDK; a code comes as an application error, where
/// the Media Manager's come as names of rules. Which status a code has is our choice: 400, and 404 for a file that is
/// not there.
/// </summary>
internal static class ChannelMedia
{
    // The quota of a site depends on its plan; this is our choice.
    private const long TotalQuota = 500L * 1024 * 1024;

    public static Answer UploadUrl(JsonElement body, string origin, MediaLibrary media)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var mimeType = request.Text("mimeType", min: 1, max: FieldLimits.MimeType, optional: false);
        var fileName = request.Text("fileName", max: FieldLimits.ChannelFileName);
        if (violations.Any || mimeType is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        // The size is not announced here, so that ZERO_FILE_SIZE and FILE_SIZE_OVER_LIMIT are those of the upload
        // itself: our choice.
        return !FileFormats.IsSupported(mimeType, fileName)
            ? Refused("UNSUPPORTED_FILE_FORMAT", $"{mimeType} is not a supported format.")
            : !FileFormats.Fits(mimeType, fileName)
                ? Refused("MIME_TYPE_MISMATCH", $"{mimeType} does not fit the file's name.")
            : Found(new JsonObject { ["uploadUrl"] = media.UploadUrl(origin, mimeType, fileName, isChannels: true) });
    }

    /// <summary>
    /// The answer is flat, and no call tells when such a file is ready. The sandbox fetches nothing, so that there is
    /// no size.
    /// </summary>
    public static Answer Import(JsonElement body, MediaLibrary media)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var url = request.WebUrl("url", int.MaxValue, optional: false);
        var mimeType = request.Text("mimeType", min: 1, max: FieldLimits.MimeType, optional: false);
        var displayName = request.Text("displayName", max: FieldLimits.ChannelFileName);
        if (violations.Any || url is null || mimeType is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        var path = Uri.UnescapeDataString(new Uri(url).AbsolutePath);
        if (!FileFormats.IsSupported(mimeType, path))
        {
            return Refused("UNSUPPORTED_FILE_FORMAT", $"{mimeType} is not a supported format.");
        }

        // As for the Media Manager: a file whose path ends in /fail fails. When FILE_DESCRIPTOR_NOT_FOUND comes is not
        // documented; our choice is then.
        if (path.EndsWith("/fail", StringComparison.Ordinal))
        {
            return Refused("FILE_DESCRIPTOR_NOT_FOUND", $"There is no file at {url}.");
        }

        JsonObject file =
            media.Import(ImportFile.NameOf(displayName, path), mimeType, mediaType: null, fails: false).ToJson("READY");
        return Found(new JsonObject
        {
            ["fileId"] = file["id"]!.GetValue<string>(),
            ["displayName"] = file["displayName"]!.GetValue<string>(),
            ["url"] = file["url"]!.GetValue<string>(),
        });
    }

    public static Answer DownloadUrl(JsonElement body, MediaLibrary media)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var fileId = request.Text("fileId", min: 1, max: FieldLimits.ChannelFileId, optional: false);
        _ = request.Text("downloadFileName", max: FieldLimits.DownloadFileName);
        if (violations.Any || fileId is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        // Documented: the file's Wix media URL may stand for its id. The sandbox gives none out, and knows ids alone.
        return media.Find(fileId) is MediaFile file
            ? Found(new JsonObject { ["downloadUrl"] = file.ToJson("READY")["url"]!.GetValue<string>() + "?download" })
            : ErrorAnswers.Application((int)HttpStatusCode.NotFound, "FILE_NOT_FOUND", $"File {fileId} was not found.");
    }

    public static Answer StorageQuota(MediaLibrary media) => Found(new JsonObject
    {
        ["totalQuota"] = TotalQuota.ToString(CultureInfo.InvariantCulture),
        ["totalUsage"] = media.Uploads.Sum(upload => (long)upload.Length).ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Why an upload is refused, with the code that this API has for it.</summary>
    public static Answer Refused(string code, string description) =>
        ErrorAnswers.Application((int)HttpStatusCode.BadRequest, code, description);

    private static Answer Found(JsonObject json) => new((int)HttpStatusCode.OK, Json.Write(json));
}
