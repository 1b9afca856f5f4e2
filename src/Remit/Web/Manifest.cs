using Microsoft.AspNetCore.Authorization;

namespace Remit.Web;

/// <summary>What a phone or a browser needs to keep the firm as an application of its own.</summary>
public static class Manifest
{
    public static void MapManifest(this WebApplication app) =>
        app.MapGet("/manifest.webmanifest", Of).WithMetadata(new AllowAnonymousAttribute());

    private static IResult Of(Screen screen)
    {
        if (screen.Firm is not { } firm)
            throw new NotFound();
        return Results.Json(
            new Dictionary<string, object>
            {
                ["name"] = firm.Name,
                ["short_name"] = firm.Name.Length > 14 ? firm.Name[..14].TrimEnd() : firm.Name,
                ["lang"] = screen.T.Language,
                ["id"] = screen.Base,
                ["start_url"] = screen.Base,
                ["scope"] = screen.Base,
                ["display"] = "standalone",
                ["background_color"] = "#fbfaf8",
                ["theme_color"] = "#0f6b62",
                ["icons"] = new[]
                {
                    new
                    {
                        src = FrontFiles.Of("icon.svg"),
                        sizes = "any",
                        type = "image/svg+xml",
                        purpose = "any",
                    },
                    new
                    {
                        src = FrontFiles.Of("icon-192.png"),
                        sizes = "192x192",
                        type = "image/png",
                        purpose = "any",
                    },
                    new
                    {
                        src = FrontFiles.Of("icon-512.png"),
                        sizes = "512x512",
                        type = "image/png",
                        purpose = "maskable",
                    },
                },
                ["shortcuts"] = new[]
                {
                    new { name = screen.T["menu.my_day"], url = screen.Base },
                    new { name = screen.T["menu.calendar"], url = screen.Base + "calendar" },
                    new { name = screen.T["create.title"], url = screen.Base + "create" },
                },
            },
            contentType: "application/manifest+json"
        );
    }
}
