using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>Reads an image or a file of a basic or form message.</summary>
internal static class MediaReader
{
    public static JsonObject Read(InputObject media, string kind, MessageContent result)
    {
        var json = new JsonObject();
        json.AddText("id", media.Text("id", max: FieldLimits.MediaId));
        var url = media.Text("url", max: FieldLimits.MediaUrl);
        json.AddText("url", url);
        json.AddText("filename", media.Text("filename", max: FieldLimits.Filename));
        if (kind == "image")
        {
            json.AddNumber("width", media.Number("width"));
            json.AddNumber("height", media.Number("height"));
        }
        else
        {
            json.AddText("mimeType", media.Text("mimeType", max: FieldLimits.MimeType));
        }

        if (!string.IsNullOrEmpty(url))
        {
            result.ExpiringMedia.Add(json);

            // INVALID_MEDIA_URL is documented as a code, not which addresses cause it; the url has no WEB_URL tag, so
            // it is no violation of the field. Our choice: what is not an absolute http or https address causes it.
            if (!ValueRules.IsWebUrl(url!))
            {
                result.BadMediaUrl ??= media.PathOf("url");
            }
        }

        return json;
    }
}
