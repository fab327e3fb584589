using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>PUT to an upload URL: the file's bytes as they are.</summary>
internal static class UploadFile
{
    public static Answer Handle(IncomingRequest request, JsonElement parameters, MediaLibrary media)
    {
        if (media.FindTicket(Routes.IdIn(request.Path)) is not UploadTicket ticket)
        {
            // Wix documents nothing. Our choice: what any path that does not exist is answered.
            return ErrorAnswers.NoSuchPath(request.Path);
        }

        var violations = new Violations();
        var fileName = new InputObject(parameters, string.Empty, violations).Text(
            "filename", max: FieldLimits.MediaName);

        // Which rules the upload itself checks is not documented. Our choice: the bytes and the type that really come,
        // so that what was announced is of no use to get round them. Whether they are as many as announced is not
        // checked.
        MediaRules.CheckSize(request.Body.Length, media.SizeLimit, violations);

        // "application/octet-stream" is documented as leaving it to the server to find out what comes.
        if (!string.Equals(request.MediaType, ticket.MimeType, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(request.MediaType, "application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            violations.Add(
                "mimeType",
                ViolatedRule.Custom,
                $"is {ticket.MimeType}, and the upload's Content-Type is {request.MediaType ?? "missing"}.",
                ruleName: "MISMATCH_MIME_TYPE");
        }

        if (violations.Any)
        {
            // Each API has its own name for a type that does not fit.
            return ticket.IsChannels && violations.First() is { RuleName: not null } broken
                ? ChannelMedia.Refused(
                    broken.RuleName == "MISMATCH_MIME_TYPE" ? "MIME_TYPE_MISMATCH" : broken.RuleName,
                    $"{broken.Field} {broken.Description}")
                : ErrorAnswers.Invalid(violations);
        }

        // Wix's SDK says that the name is the one that the upload URL was asked for with, and that the upload's own is
        // not needed then; older pages know the upload's own alone.
        var name = ticket.FileName ?? (string.IsNullOrEmpty(fileName) ? ticket.FileId : fileName!);
        MediaFile file = media.Upload(ticket, name, request.Body);
        return new Answer(
            (int)HttpStatusCode.OK, Json.Write(new JsonObject { ["file"] = file.ToJson(file.Status(media.Now)) }));
    }
}
