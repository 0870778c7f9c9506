import type { Rule } from "./rule.ts";

/** Tokens of code hosts, package registries and image registries. */
export const codeHostRules: readonly Rule[] = [
  {
    id: "github-token",
    reason: "acts for its owner at GitHub",
    literals: ["ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_"],
    window: 280,
    pattern: /(?<![A-Za-z0-9])(?:gh[posur]_[A-Za-z0-9]{36,250}|github_pat_[A-Za-z0-9_]{36,250})/dy,
    examples: {
      hidden: [
        "use «ghp_¦16C7e42F292c6912E7710c838347Ae178B4a»",
        "«github_pat_¦11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV»",
      ],
      kept: ["ghp_short", "github_pat_"],
    },
  },
  {
    id: "gitlab-token",
    reason: "acts for its owner, a runner or a deployment at GitLab",
    literals: ["glpat-", "glrt-", "gldt-", "glptt-", "glcbt-", "glsoat-", "glimt-", "glagent-", "glft-", "gloas-", "gr1348941"],
    window: 120,
    pattern: /(?<![A-Za-z0-9])(?:gl(?:pat|rt|dt|ptt|cbt|soat|imt|agent|ft|oas)-[A-Za-z0-9_.-]{20,100}|GR1348941[A-Za-z0-9_-]{20,30})/dy,
    examples: { hidden: ["token «glpat-¦abcdefghijKLMNOP1234»", "«glrt-¦t1_abcdefghijklmnopqrst»"], kept: ["glpat-x"] },
  },
  {
    id: "bitbucket-token",
    reason: "acts for its owner at Bitbucket or Atlassian",
    literals: ["atbb", "atatt3"],
    window: 260,
    pattern: /(?<![A-Za-z0-9])(?:ATBB[A-Za-z0-9_=.-]{20,60}|ATATT3[A-Za-z0-9_=-]{60,240})/dy,
    examples: { hidden: ["«ATBB¦abcdefghijklmnopqrstuvwxyz012345»"], kept: ["ATBB"] },
  },
  {
    id: "registry-token",
    reason: "publishes or pulls packages and images: npm, PyPI, Docker Hub, RubyGems, NuGet, crates.io, JFrog",
    literals: ["npm_", "pypi-", "dckr_pat_", "dckr_oat_", "rubygems_", "oy2", "cio", "akcp", "cmvmdgtu"],
    window: 400,
    pattern:
      /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,300}|dckr_[po]at_[A-Za-z0-9_-]{20,60}|rubygems_[a-f0-9]{48}|oy2[a-z0-9]{43}|cio[A-Za-z0-9]{32}|AKCp[A-Za-z0-9]{60,80}|cmVmdGtu[A-Za-z0-9]{56})(?![A-Za-z0-9])/dy,
    examples: {
      hidden: [
        "//registry.example.test/:_authToken=«npm_¦abcdefghijklmnopqrstuvwxyz0123456789»",
        "password = «pypi-¦AgEIcHlwaS5vcmcCJDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMAACKlszLCJ»",
        "«dckr_pat_¦abcdefghijklmnopqrstuvwxyz1»",
      ],
      kept: ["npm_config_registry=https://registry.example.test/", "npm_lifecycle_event=build", "cio is a word"],
    },
  },
  {
    id: "npm-auth",
    reason: "the line of an .npmrc that logs in at a registry",
    literals: ["_authtoken", "_password", "_auth"],
    window: 600,
    pattern: /(?<![A-Za-z0-9])_(?:authToken|password|auth) {0,3}= {0,3}"?(?<secret>[^\s"$][^\s"]{5,500})/dy,
    examples: { hidden: ["//npm.example.test/:_auth=«dXNlcjpwYXNz¦d29yZA==»"], kept: ["//npm.example.test/:_authToken=$¦{NPM_TOKEN}"] },
  },
];
