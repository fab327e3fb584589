using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Reads <c>message.content</c>: exactly one kind of content, checked, and written back in camelCase. Wix's schema
/// marks no field as required. Our choice: a text or label that must not be empty must not be missing either, but for a
/// form's title and description.
/// </summary>
internal static class ContentReader
{
    public static MessageContent Read(InputObject content)
    {
        var json = new JsonObject();
        var result = new MessageContent(json);
        json.AddText("previewText", content.Text("previewText", max: FieldLimits.PreviewText));
        json.AddText("title", content.Text("title"));
        var kind = content.OneOf("basic", "template", "minimal", "form", "system");
        if (kind == "system")
        {
            // Wix says that system messages cannot be sent, not how it refuses them. Our choice: as a field not
            // allowed.
            content.Violations.Add(
                content.PathOf(kind),
                ViolatedRule.FieldNotAllowed,
                "is reserved for Wix: system messages cannot be sent.");
        }
        else if (kind is not null && content.Object(kind) is InputObject payload)
        {
            json[kind] = kind switch
            {
                "basic" => Basic(payload, result),
                "template" => Template(payload, result),
                "minimal" => Minimal(payload, result),
                _ => Form(payload, result),
            };
        }

        return result;
    }

    private static JsonObject Basic(InputObject basic, MessageContent result)
    {
        var items = new JsonArray();
        foreach (InputObject item in basic.Objects("items", FieldLimits.MinBasicItems, int.MaxValue))
        {
            var kind = item.OneOf("text", "image", "file");
            if (kind == "text")
            {
                var text = item.Text("text", min: 1, max: FieldLimits.Text);
                result.Text ??= text;
                items.Add((JsonNode)new JsonObject { ["text"] = text });
            }
            else if (kind is not null && item.Object(kind) is InputObject media)
            {
                items.Add((JsonNode)new JsonObject { [kind] = MediaReader.Read(media, kind, result) });
            }
        }

        return new JsonObject { ["items"] = items };
    }

    private static JsonObject Template(InputObject template, MessageContent result)
    {
        var json = new JsonObject();
        result.Text = template.Text("title");
        json.AddText("title", result.Text);
        json.AddText("imageUrl", template.WebUrl("imageUrl", FieldLimits.ImageUrl));
        json["textLines"] = template.Texts("textLines", FieldLimits.TextLines, FieldLimits.TextLine);
        var buttons = new JsonArray();
        foreach (InputObject button in template.Objects("buttons", 0, FieldLimits.Buttons))
        {
            buttons.Add((JsonNode)Button(button));
        }

        json["buttons"] = buttons;
        json["orientation"] = template.Enum("orientation", EnumNames.Orientation) ?? EnumNames.Portrait;
        return json;
    }

    // Each documented button has a launchUrl or postbackProperties, yet the two are no oneof in the types. Our choice:
    // both, or neither, pass.
    private static JsonObject Button(InputObject button)
    {
        var json = new JsonObject();
        json.AddText("label", button.Text("label", min: 1, max: FieldLimits.ButtonLabel, optional: false));
        json.AddText("launchUrl", button.WebUrl("launchUrl", FieldLimits.LaunchUrl));
        if (button.Object("postbackProperties") is InputObject postback)
        {
            var properties = new JsonObject();
            properties.AddText(
                "interactionId",
                postback.Text("interactionId", min: 1, max: FieldLimits.InteractionId, optional: false));
            properties["appId"] = SandboxHandler.AppId;
            json["postbackProperties"] = properties;
        }

        return json;
    }

    private static JsonObject Minimal(InputObject minimal, MessageContent result)
    {
        var json = new JsonObject();
        result.Text = minimal.Text("text", min: 1, max: FieldLimits.Text, optional: false);
        json.AddText("text", result.Text);
        json.AddText("iconUrl", minimal.WebUrl("iconUrl", FieldLimits.IconUrl));
        json.AddText("url", minimal.WebUrl("url", FieldLimits.ClickUrl));
        return json;
    }

    private static JsonObject Form(InputObject form, MessageContent result)
    {
        var json = new JsonObject();
        result.Text = form.Text("title", min: 1, max: FieldLimits.FormTitle);
        json.AddText("title", result.Text);
        json.AddText("description", form.Text("description", min: 1, max: FieldLimits.FormDescription));
        var fields = new JsonArray();
        foreach (InputObject field in form.Objects("fields", FieldLimits.MinFormFields, FieldLimits.MaxFormFields))
        {
            var pair = new JsonObject();
            pair.AddText("name", field.Text("name", max: FieldLimits.FormFieldName));
            pair.AddText("value", field.Text("value", max: FieldLimits.FormFieldValue));
            fields.Add((JsonNode)pair);
        }

        json["fields"] = fields;
        var media = new JsonArray();
        foreach (InputObject item in form.Objects("media", 0, FieldLimits.FormMedia))
        {
            if (item.OneOf("image", "file") is string kind && item.Object(kind) is InputObject read)
            {
                media.Add((JsonNode)new JsonObject { [kind] = MediaReader.Read(read, kind, result) });
            }
        }

        json["media"] = media;
        return json;
    }
}
