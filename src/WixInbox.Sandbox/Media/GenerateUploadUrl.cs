using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>POST /site-media/v1/files/generate-upload-url.</summary>
internal static class GenerateUploadUrl
{
    public static Answer Handle(JsonElement body, string origin, MediaLibrary media)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var mimeType = request.Text("mimeType", min: 1, max: FieldLimits.MimeType, optional: false);
        var fileName = request.Text("fileName", max: FieldLimits.MediaName);
        var size = request.Int64("sizeInBytes");
        MediaRules.ReadCommon(request);
        if (size < 0)
        {
            violations.Add("sizeInBytes", ViolatedRule.Min, $"is {size}; the minimum is 0.", 0);
        }
        else if (size is not null)
        {
            MediaRules.CheckSize(size.Value, media.SizeLimit, violations);
        }

        if (!string.IsNullOrEmpty(mimeType))
        {
            MediaRules.CheckFormat(mimeType!, fileName, violations);
        }

        if (violations.Any || mimeType is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["uploadUrl"] = media.UploadUrl(origin, mimeType, fileName, isChannels: false),
        }));
    }
}
