using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// POST /site-media/v1/files/import. The sandbox fetches nothing: it takes the address's word, and a file whose path
/// ends in <c>/fail</c> fails.
/// </summary>
internal static class ImportFile
{
    public static Answer Handle(JsonElement body, MediaLibrary media)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var url = request.WebUrl("url", int.MaxValue, optional: false);
        var mimeType = request.Text("mimeType", max: FieldLimits.MimeType);
        var displayName = request.Text("displayName", max: FieldLimits.MediaName);
        var mediaType = request.Enum("mediaType", EnumNames.ImportMediaType);
        MediaRules.ReadCommon(request);
        if (violations.Any || url is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        var path = Uri.UnescapeDataString(new Uri(url).AbsolutePath);
        MediaFile file = media.Import(
            NameOf(displayName, path),
            string.IsNullOrEmpty(mimeType) ? FileFormats.MimeTypeOf(path) : mimeType,
            string.IsNullOrEmpty(mediaType) ? null : mediaType,
            path.EndsWith("/fail", StringComparison.Ordinal));

        // Documented as asynchronous: this answer never has a file that is ready, even where it is ready at once.
        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject { ["file"] = file.ToJson("PENDING") }));
    }

    /// <summary>The name of a file: the one that is given, or the last part of its address.</summary>
    public static string NameOf(string? displayName, string path) =>
        new[] { displayName, path.Substring(path.LastIndexOf('/') + 1) }.FirstOrDefault(
            candidate => !string.IsNullOrEmpty(candidate))
        ?? "file";
}
