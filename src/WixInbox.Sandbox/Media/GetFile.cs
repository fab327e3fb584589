using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// GET /site-media/v1/files/get-file-by-id?fileId=. The path and its parameter are those of Wix's SDK; the error is
/// inferred.
/// </summary>
internal static class GetFile
{
    public static Answer Handle(JsonElement parameters, MediaLibrary media)
    {
        var violations = new Violations();
        var id = new InputObject(parameters, string.Empty, violations).Text("fileId", min: 1, optional: false);
        if (violations.Any || id is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        return media.Find(id) is MediaFile file
            ? new Answer(
                (int)HttpStatusCode.OK, Json.Write(new JsonObject { ["file"] = file.ToJson(file.Status(media.Now)) }))
            : ErrorAnswers.Application((int)HttpStatusCode.NotFound, "FILE_NOT_FOUND", $"File {id} was not found.");
    }
}
